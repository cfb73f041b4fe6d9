"""Many people at once: over HTTP, and over Streamlit's websockets."""
