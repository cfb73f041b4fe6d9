"""What a funder reads of a territory, a period and criteria: one content, then a PDF, a workbook, a page.

The figures are those of the screen: everything comes from the selection and the matrix that the pages show.
"""
