"""`/`: what this is, and the ways on."""

from aiohttp import web

from bot.web.pages import Pages


def add_home_route(app: web.Application, pages: Pages) -> None:
    """Add the first page; it asks nothing of anybody."""

    async def home(request: web.Request) -> web.Response:
        with pages.reader(request) as reader:
            return pages.page(reader, "home.html")

    app.router.add_get("/", home, name="home")
