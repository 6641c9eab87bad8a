"""What tests of the plugin share with those of the built site."""

from tests.site.conftest import tree

__all__ = ["tree"]
