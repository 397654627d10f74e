"""Compiling the words without the gettext tools."""

from pathlib import Path

from cordee.ground.kit.management.commands.compilewords import compile_words


def test_words_are_compiled_once_then_again_when_they_change(tmp_path: Path) -> None:
    folder = tmp_path / "cordee" / "money" / "locale" / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    words = folder / "django.po"
    words.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "part"\nmsgstr "share"\n')
    assert compile_words(tmp_path) == 1
    assert b"share" in (folder / "django.mo").read_bytes()
    assert compile_words(tmp_path) == 0
    (folder / "django.mo").unlink()
    assert compile_words(tmp_path) == 1
