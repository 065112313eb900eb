from __future__ import annotations

import click


@click.command()
@click.option("--check", is_flag=True, help="Change nothing; fail where a text waits for its translation.")
def command(check: bool) -> None:
    """Gather new texts into the catalogues of `caravan/locale` and compile them.

    \b
    Examples:
      caravan translate             after a text was added, and again after it was translated
      caravan translate --check     what is still to be translated?
    """
    from caravan.project.translating import LOCALES, extracted, po_path, untranslated, updated, write

    template = extracted()
    waiting = 0
    for locale in LOCALES:
        catalog = updated(locale, template)
        if not check:
            write(locale, catalog)
        missing = list(untranslated(catalog))
        waiting += len(missing)
        click.echo(f"{po_path(locale)}: {len(catalog)} texts, {len(missing)} to translate")
        for message in missing:
            click.echo(f"  {message.id[0] if isinstance(message.id, (tuple, list)) else message.id}")
    if check and waiting:
        raise click.ClickException("Translate them in the .po files, then run: bin/caravan translate")
