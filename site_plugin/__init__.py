"""The site's own MkDocs plugin: pages, snippets and data become one tree a language."""
