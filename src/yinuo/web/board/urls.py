"""The addresses of whoever leads or supervises, all below /board/."""

from django.urls import path

from yinuo.web.board import cases, page

urlpatterns = [
    path("", page.board, name="board"),
    path("cases/", cases.cases, name="board-cases"),
    path("charts/<slug:name>.svg", page.chart, name="board-chart"),
    path("figures.csv", page.download, {"kind": "csv"}, name="board-csv"),
    path("figures.json", page.download, {"kind": "json"}, name="board-json"),
]
