"""Makes the offline copy of the built site: folders that open by double click, in one zip.

    site/ --copy.make_copy--> {path in the copy: its bytes} --archive.write_zip--> dist/….zip

``layout`` says what of the site is where in the copy, or left out; ``pages`` writes each page anew
for a disk; ``search``, ``scripts`` and ``python_files`` turn what a page may not fetch there into
scripts that it may load. The scripts themselves are in ``browser/``, bundled by ``bundle.ts``.
"""
