import asyncio


async def app(scope, receive, send):
    async def work(number):
        print(number)

    await asyncio.gather(*(work(number) for number in range(900)))
    await send({"type": "http.response.start", "status": 200})
    await send({"type": "http.response.body"})
