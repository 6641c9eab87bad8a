"""One file a kind of fence; each registers itself (site_plugin/registry.py)."""
