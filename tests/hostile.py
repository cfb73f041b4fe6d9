"""Texts made to be run: each sets PIEGE in the page that is fooled, or opens a dialogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

RUN = "window.PIEGE=1"
_TAGS = (
    "img src=x onerror", "svg onload", "body onload", "video src=x onerror", "audio src=x onerror",
    "input autofocus onfocus", "select autofocus onfocus", "textarea autofocus onfocus", "details open ontoggle",
    "marquee onstart", "iframe onload", "object data=x onerror", "embed src=x onload", "math onmouseover",
    "a onmouseover", "div onpointerenter", "p style=animation-name:x onanimationstart", "style onload",
    "link rel=stylesheet href=x onerror", "script src=x onerror", "keygen autofocus onfocus", "form onsubmit",
    "button autofocus onfocus", "svg><animate attributeName=x dur=1s onbegin", "svg><set onbegin",
    "template onload", "dialog open onclose", "meter onmouseover", "picture><img src=x onerror",
    "table background=x onload",
)  # fmt: skip
_WRAPPINGS = (
    "<{tag}={run}>",
    "\"><{tag}='{run}'>",
    '</textarea></title></style></script><{tag}="{run}" ',
)
_OTHERS = (
    f"<script>{RUN}</script>",
    f"</script><script>{RUN}//",
    f"<SCRIPT >{RUN}</SCRIPT\n>",
    f"<scr<script>ipt>{RUN}</scr</script>ipt>",
    f"javascript:{RUN}",
    f"JaVaScRiPt:{RUN}//https://exemple.fr",
    f"java\tscript:{RUN}",
    f"data:text/html,<script>parent.{RUN}</script>",
    f"vbscript:{RUN}",
    f"[lien](javascript:{RUN})",
    "![image](https://mechant.example/p.png)",
    "[lien](https://mechant.example)",
    f"<https://mechant.example/{RUN}>",
    f"`${{{RUN}}}`",
    f"${{{RUN}}}",
    f"{{{{constructor.constructor('{RUN}')()}}}}",
    f"';{RUN};//",
    f'";{RUN};//',
    f"\\';{RUN};//",
    f"</style><script>{RUN}</script>",
    f"<!--><script>{RUN}</script>-->",
    f"<![CDATA[<script>{RUN}</script>]]>",
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    f"%3Cscript%3E{RUN}%3C/script%3E",
    f"\\u003cscript\\u003e{RUN}\\u003c/script\\u003e",
    f"<a href=javascript:{RUN}>Cliquez</a>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    f"<base href=javascript:{RUN}//>",
    f"<meta http-equiv=refresh content='0;url=javascript:{RUN}'>",
    f"<noscript><p title='</noscript><img src=x onerror={RUN}>'>",
    f"<math><mtext></p><script>{RUN}</script>",
    f"<svg><style><img src=x onerror={RUN}></style></svg>",
    f":material/home: :red[<img src=x onerror={RUN}>]",
    "$$\\href{javascript:window.PIEGE=1}{x}$$",
    "$\\unicode{<img src=x onerror=window.PIEGE=1>}$",
    '=HYPERLINK("https://mechant.example";"x")',
    "=cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "'; DROP TABLE proposal; --",
    "' OR '1'='1",
    "../../../../etc/passwd",
    "%00%0d%0aSet-Cookie:x=1",
    "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
    "{% import os %}{{ os.system('id') }}",
    "#{7*7} <%= 7*7 %> ${7*7}",
    "A{{7*191}}Z {{{7*191}}} {#7*191#}",
    "{{cycler.__init__.__globals__.os.getcwd()}}",
    "\u202eenvers <img src=x onerror=window.PIEGE=1>",
    "<ﬁgure onmouseover=window.PIEGE=1>ﬁn",
    "\uff1cimg src=x onerror=window.PIEGE=1\uff1e",
)  # fmt: skip
HOSTILE = (*_OTHERS, *(form.format(tag=tag, run=RUN) for form in _WRAPPINGS for tag in _TAGS))


def packed(texts: Iterable[str], most: int) -> tuple[str, ...]:
    """Return the texts on as few lines as hold them, `most` signs each at most."""
    lines: list[str] = []
    for text in texts:
        if lines and len(lines[-1]) + 1 + len(text) <= most:
            lines[-1] += f" {text}"
        else:
            lines.append(text)
    return tuple(lines)


def in_parts(texts: Sequence[str], size: int) -> list[tuple[str, ...]]:
    """Return the texts in parts of `size`, the last one perhaps shorter."""
    return [tuple(texts[start : start + size]) for start in range(0, len(texts), size)]
