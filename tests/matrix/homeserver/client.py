"""The people of the tests: Matrix clients on matrix-nio, which shares no code with matrix-sdk's client.

Reads requests from standard input and writes answers and what the people see to standard output, a JSON object
a line each. It ends when standard input does.

    {"id": 1, "person": "ada", "do": "login", "user": "@ada:localhost", "password": "…"}
    {"id": 1, "ok": {…}}          or   {"id": 1, "error": "…"}
    {"person": "ada", "saw": {…}}

nio is used for what is hard to do twice: sessions, keys, encryption. What it would hide (the event as it was on
the wire, contents that it has no class for) is read from the answers of the server directly.
"""

import asyncio
import base64
import hashlib
import hmac
import json
import logging
import os
import sys
import uuid
from urllib.parse import quote

import aiohttp
import vodozemac
from canonicaljson import encode_canonical_json
from nio import AsyncClient, AsyncClientConfig
from nio.crypto import OutboundGroupSession
from nio.crypto.attachments import decrypt_attachment, encrypt_attachment
from nio.responses import SyncResponse
from nio.store import SqliteMemoryStore

# How long something may take that only waits for the server.
PATIENCE = 20
FILTER = {"room": {"timeline": {"limit": 1000}}}


class FirstKey(OutboundGroupSession):
    """A session whose key stays the one for its first message."""

    @property
    def session_key(self):
        return self.first_key


class Refused(Exception):
    """The server said no."""


def say(message):
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


class Person:
    def __init__(self, name, url):
        self.name = name
        self.url = url
        self.http = None
        self.client = None
        self.syncing = None
        self.synced = asyncio.Condition()
        self.sending = {}
        self.unread = {}

    async def login(self, user, password, device=None):
        config = AsyncClientConfig(
            store=SqliteMemoryStore, encryption_enabled=True, max_timeout_retry_wait_time=0.2
        )
        # The store is in memory: the folder is asked for and not used.
        self.client = AsyncClient(self.url, user, store_path=".", config=config)
        self.http = aiohttp.ClientSession()
        identifier = {"type": "m.id.user", "user": user}
        body = {"type": "m.login.password", "identifier": identifier, "password": password}
        if device:
            body["device_id"] = device
        given = await self.call("POST", "/_matrix/client/v3/login", body)
        self.client.restore_login(given["user_id"], given["device_id"], given["access_token"])
        await self.client.keys_upload()
        await self.sync(0)
        self.syncing = asyncio.create_task(self.sync_forever())
        return {key: given[key] for key in ("user_id", "device_id", "access_token")}

    async def leave_the_stage(self):
        if self.syncing:
            self.syncing.cancel()
        if self.client:
            await self.client.close()
        if self.http:
            await self.http.close()

    # What goes to the server and comes from it.

    async def call(self, method, path, body=None):
        """A request, made again while the server is away."""
        for _ in range(PATIENCE * 10):
            try:
                return await self.call_once(method, path, body)
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.1)
        raise Refused(f"{method} {path}: the server is away")

    async def call_once(self, method, path, body):
        headers = {}
        if self.client and self.client.access_token:
            headers["Authorization"] = f"Bearer {self.client.access_token}"
        async with self.http.request(method, self.url + path, json=body, headers=headers) as answer:
            text = await answer.text()
            if answer.status >= 300:
                raise Refused(f"{method} {path}: {answer.status} {text}")
            return json.loads(text)

    async def sync_forever(self):
        while True:
            try:
                await self.sync(30000)
            except asyncio.CancelledError:
                raise
            except (aiohttp.ClientError, asyncio.TimeoutError):
                await asyncio.sleep(0.1)
            except Exception as error:  # noqa: BLE001 (a test has to see whatever goes wrong here)
                say({"person": self.name, "broken": repr(error)})
                raise

    async def sync(self, timeout):
        client = self.client
        answer = await client.sync(timeout, sync_filter=FILTER, set_presence="offline")
        if not isinstance(answer, SyncResponse):
            # Synapse says 502 or the like while it starts and stops.
            await asyncio.sleep(0.1)
            return
        seen = await answer.transport_response.json()
        rooms = seen.get("rooms", {})
        for room, news in rooms.get("invite", {}).items():
            state = news.get("invite_state", {}).get("events", [])
            say({"person": self.name, "invited": {"room": room, "state": state}})
        for which in ("join", "leave"):
            for room, news in rooms.get(which, {}).items():
                for event in news.get("timeline", {}).get("events", []):
                    self.see(room, event)
                for event in news.get("ephemeral", {}).get("events", []):
                    say({"person": self.name, "passing": {"room": room, **event}})
        # Keys may come after the messages that need them.
        for event_id, (room, event) in list(self.unread.items()):
            self.see(room, event)
        await client.send_to_device_messages()
        if client.should_upload_keys:
            await client.keys_upload()
        if client.should_query_keys:
            await client.keys_query()
        if client.should_claim_keys:
            await client.keys_claim(client.get_users_for_key_claiming())
        async with self.synced:
            self.synced.notify_all()

    def see(self, room, event):
        known = event["event_id"] in self.unread
        read = self.read(room, event)
        if "unreadable" in read:
            self.unread[event["event_id"]] = (room, event)
            if known:
                return
        else:
            self.unread.pop(event["event_id"], None)
        say({"person": self.name, "saw": read})

    def read(self, room, event):
        """The event, in the clear if it can be read, with its content on the wire beside."""
        event = {"room_id": room, **event}
        if event["type"] != "m.room.encrypted" or not event["content"].get("ciphertext"):
            return event
        wire = event["content"]
        try:
            clear = self.decrypt(room, wire)
        except Exception as error:  # noqa: BLE001 (vodozemac has many)
            return {**event, "wire": wire, "unreadable": str(error) or repr(error)}
        content = clear["content"]
        # The relation is outside, for the server's sake.
        if "m.relates_to" not in content and "m.relates_to" in wire:
            content["m.relates_to"] = wire["m.relates_to"]
        return {**event, "type": clear["type"], "content": content, "wire": wire}

    def decrypt(self, room, wire):
        session = self.client.olm.inbound_group_store.get(room, wire.get("sender_key"), wire["session_id"])
        if session is None:
            raise KeyError("there is no such session")
        plaintext, _ = session.decrypt(wire["ciphertext"])
        clear = json.loads(plaintext)
        if clear.get("room_id") != room:
            raise ValueError("it was encrypted for another room")
        return clear

    async def until(self, what, true):
        """Waits until a sync made this true."""

        async def wait():
            async with self.synced:
                await self.synced.wait_for(true)

        try:
            await asyncio.wait_for(wait(), PATIENCE)
        except asyncio.TimeoutError:
            raise TimeoutError(f"{self.name} waited for {what}") from None

    # What a person does.

    async def in_room(self, room):
        """Knows the room as the server does, so that keys go to whoever is in it."""
        await self.until(f"{room} to be synced", lambda: room in self.client.rooms)
        path = f"/_matrix/client/v3/rooms/{quote(room)}/joined_members"
        members = set((await self.call("GET", path))["joined"])
        await self.until(
            f"the members of {room} to be synced", lambda: members <= set(self.client.rooms[room].users)
        )
        return members

    async def send(self, room, type, content, txn=None):
        wire, wire_type = content, type
        members = await self.in_room(room)
        async with self.sending.setdefault(room, asyncio.Lock()):
            # Clients on matrix-js-sdk and matrix-rust-sdk leave reactions in the clear, too.
            if self.client.rooms[room].encrypted and type != "m.reaction":
                olm = self.client.olm
                self.client.rooms[room].members_synced = True
                olm.users_for_key_query.update(members)
                await self.client.keys_query()
                if olm.should_share_group_session(room):
                    await self.client.share_group_session(room, ignore_unverified_devices=True)
                wire_type, wire = self.client.encrypt(room, type, content)
            path = f"/_matrix/client/v3/rooms/{quote(room)}/send/{wire_type}/{txn or uuid.uuid4().hex}"
            sent = await self.call("PUT", path, wire)
        return {"event_id": sent["event_id"], "wire": wire}

    async def distrust(self, user):
        """Sends no keys to somebody's devices from now on."""
        olm = self.client.olm
        olm.users_for_key_query.add(user)
        await self.client.keys_query()
        for device in olm.device_store.active_user_devices(user):
            self.client.blacklist_device(device)
        olm.outbound_group_sessions.clear()

    async def trust(self, user):
        olm = self.client.olm
        for device in olm.device_store.active_user_devices(user):
            self.client.unblacklist_device(device)
        olm.outbound_group_sessions.clear()

    async def send_before_its_key(self, room, content):
        """Sends a message that nobody has the key of yet."""
        members = await self.in_room(room)
        async with self.sending.setdefault(room, asyncio.Lock()):
            olm = self.client.olm
            olm.users_for_key_query.update(members)
            await self.client.keys_query()
            olm.create_outbound_group_session(room)
            session = olm.outbound_group_sessions[room]
            # Shared later, it must be good for this message, too.
            session.__class__, session.first_key = FirstKey, session.session_key
            session.shared = True
            wire_type, wire = self.client.encrypt(room, "m.room.message", content)
            session.shared = False
            path = f"/_matrix/client/v3/rooms/{quote(room)}/send/{wire_type}/{uuid.uuid4().hex}"
            return await self.call("PUT", path, wire)

    async def share_the_key(self, room):
        await self.client.share_group_session(room, ignore_unverified_devices=True)

    async def upload(self, data, name, mime, encrypted):
        """Gives the fields of a message that say where the file is."""
        data = base64.b64decode(data)
        size, keys = len(data), None
        if encrypted:
            data, keys = encrypt_attachment(data)
        path = f"{self.url}/_matrix/media/v3/upload"
        headers = {
            "Authorization": f"Bearer {self.client.access_token}",
            "Content-Type": "application/octet-stream" if encrypted else mime,
        }
        params = {} if encrypted else {"filename": name}
        async with self.http.post(path, data=data, headers=headers, params=params) as answer:
            if answer.status >= 300:
                raise Refused(f"upload: {answer.status} {await answer.text()}")
            uri = (await answer.json())["content_uri"]
        where = {"file": {**keys, "url": uri}} if encrypted else {"url": uri}
        return {**where, "body": name, "filename": name, "info": {"mimetype": mime, "size": size}}

    async def download(self, content):
        file = content.get("file")
        uri = file["url"] if file else content["url"]
        path = f"{self.url}/_matrix/client/v1/media/download/{uri.removeprefix('mxc://')}"
        headers = {"Authorization": f"Bearer {self.client.access_token}"}
        async with self.http.get(path, headers=headers) as answer:
            if answer.status >= 300:
                raise Refused(f"download: {answer.status} {await answer.text()}")
            data = await answer.read()
        if file:
            data = decrypt_attachment(data, file["key"]["k"], file["hashes"]["sha256"], file["iv"])
        return base64.b64encode(data).decode()

    async def timeline(self, room):
        """All that the server has of a room, in order."""
        events, since = [], ""
        while True:
            path = f"/_matrix/client/v3/rooms/{quote(room)}/messages?dir=b&limit=500{since}"
            part = await self.call("GET", path)
            events += part["chunk"]
            if "end" not in part or not part["chunk"]:
                return [self.read(room, event) for event in reversed(events)]
            since = f"&from={quote(part['end'])}"

    async def event(self, room, event):
        path = f"/_matrix/client/v3/rooms/{quote(room)}/event/{quote(event)}"
        return self.read(room, await self.call("GET", path))

    async def identity(self, user):
        """Somebody's cross-signing keys and devices, and what is signed by what."""
        keys = await self.call("POST", "/_matrix/client/v3/keys/query", {"device_keys": {user: []}})
        master = keys.get("master_keys", {}).get(user)
        self_signing = keys.get("self_signing_keys", {}).get(user)
        devices = keys.get("device_keys", {}).get(user, {})
        signed = {device: signed_by(it, self_signing, user) for device, it in devices.items()}
        return {
            "master": public(master),
            "self_signing": public(self_signing),
            "self_signing_signed": signed_by(self_signing, master, user),
            "devices": signed,
        }


def public(key):
    return next(iter(key["keys"].values())) if key else None


def signed_by(what, key, user):
    if not what or not key:
        return False
    key_id, key_text = next(iter(key["keys"].items()))
    signature = what.get("signatures", {}).get(user, {}).get(key_id)
    if not signature:
        return False
    text = encode_canonical_json({k: v for k, v in what.items() if k not in ("signatures", "unsigned")})
    try:
        vodozemac.Ed25519PublicKey.from_base64(key_text).verify_signature(
            text, vodozemac.Ed25519Signature.from_base64(signature)
        )
    except vodozemac.SignatureException:
        return False
    return True


async def register(url, secret, user, password, admin):
    """By the secret that the server shares with us."""
    path = url + "/_synapse/admin/v1/register"
    async with aiohttp.ClientSession() as http:
        async with http.get(path) as answer:
            nonce = (await answer.json())["nonce"]
        parts = [nonce, user, password, "admin" if admin else "notadmin"]
        mac = hmac.new(secret.encode(), "\0".join(parts).encode(), hashlib.sha1).hexdigest()
        body = {"nonce": nonce, "username": user, "password": password, "admin": admin, "mac": mac}
        # An account without any device.
        body["inhibit_login"] = True
        async with http.post(path, json=body) as answer:
            given = await answer.json()
            if answer.status >= 300:
                raise Refused(f"register {user}: {given}")
            return given


async def serve():
    url, secret = sys.argv[1:3]
    people, tasks = {}, set()

    async def answer(request):
        number, name, what = request.pop("id"), request.pop("person", None), request.pop("do")
        try:
            if what == "register":
                result = await register(url, secret, **request)
            elif what == "login":
                people[name] = Person(name, url)
                result = await people[name].login(**request)
            elif what == "leave_the_stage":
                result = await people.pop(name).leave_the_stage()
            else:
                result = await getattr(people[name], what)(**request)
            say({"id": number, "ok": result})
        except Exception as error:  # noqa: BLE001 (the test is told, whatever it is)
            say({"id": number, "error": str(error) if isinstance(error, Refused) else repr(error)})

    reader = asyncio.StreamReader(limit=1 << 28)
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        task = asyncio.create_task(answer(json.loads(line)))
        tasks.add(task)
        task.add_done_callback(tasks.discard)
    # Whoever asked is gone, and nobody waits for what is still under way.
    os._exit(0)


if __name__ == "__main__":
    logging.getLogger("nio").setLevel(logging.CRITICAL)
    asyncio.run(serve())
