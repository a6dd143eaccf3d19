"""The smallest plugin that does what it is measured beside: `!quote NAME` is one look-up in SQLite.

The quotes are in quotes.json in the folder in which maubot is started: pairs of a name in lower case and words.
"""

import json
from pathlib import Path

from maubot import MessageEvent, Plugin
from maubot.handlers import command
from mautrix.util.async_db import Connection, UpgradeTable

upgrade_table = UpgradeTable()


@upgrade_table.register(description="The quotes")
async def upgrade_v1(connection: Connection) -> None:
    await connection.execute("CREATE TABLE quote (name TEXT NOT NULL, words TEXT NOT NULL)")
    await connection.execute("CREATE INDEX quote_by_name ON quote (name)")
    quotes = json.loads(Path("quotes.json").read_text())
    await connection.executemany("INSERT INTO quote (name, words) VALUES ($1, $2)", quotes)


class Quotes(Plugin):
    @classmethod
    def get_db_upgrade_table(cls) -> UpgradeTable:
        return upgrade_table

    @command.new("quote")
    @command.argument("name", pass_raw=True)
    async def quote(self, event: MessageEvent, name: str) -> None:
        words = await self.database.fetchval("SELECT words FROM quote WHERE name = $1", name.lower())
        await event.reply(f"> {words}" if words else "Nobody of this name is quoted.")
