"""A TCP proxy whose connections a test breaks: prints its port, then obeys the words mute, cut and open."""
import asyncio
import sys
import threading

target = int(sys.argv[1])
writers = set()
muted = False
server = None


async def pump(reader, writer, towards_client):
    try:
        while data := await reader.read(65536):
            if towards_client and muted:
                continue
            writer.write(data)
            await writer.drain()
    except OSError:
        pass
    finally:
        writer.close()
        writers.discard(writer)


async def serve(reader, writer):
    try:
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", target)
    except OSError:
        writer.close()
        return
    writers.update((writer, far_writer))
    await asyncio.gather(pump(reader, far_writer, False), pump(far_reader, writer, True))


async def obey(word, port):
    global muted, server
    if word == "mute":
        muted = True
    elif word == "cut":
        server.close()
        for writer in list(writers):
            writer.transport.abort()
    elif word == "open":
        muted = False
        server = await asyncio.start_server(serve, "127.0.0.1", port)
    print(word, flush=True)


async def main():
    global server
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()

    def read():
        for line in sys.stdin:
            asyncio.run_coroutine_threadsafe(obey(line.strip(), port), loop).result()
        loop.call_soon_threadsafe(ended.set)

    threading.Thread(target=read, daemon=True).start()
    print(f"port {port}", flush=True)
    await ended.wait()


asyncio.run(main())
