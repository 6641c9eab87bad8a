"""The scripts' names are made of what is in them alone, so that a build can be made again."""

from __future__ import annotations

from pathlib import Path

from runtime.build import Output, bundle


def test_two_bundles_of_the_same_sources_have_the_same_names_and_bytes(tmp_path: Path) -> None:
    made = []
    for name in ("first", "second"):
        folder = tmp_path / name
        folder.mkdir()
        bundle(Output(folder))
        made.append({file.name: file.read_bytes() for file in folder.iterdir()})
    assert made[0] == made[1]
    assert len(made[0]) > 10
