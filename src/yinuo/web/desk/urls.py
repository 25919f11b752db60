"""The addresses of staff, all below /desk/."""

from django.urls import path

from yinuo.web.desk import calls, case, catalogue, notice_preview, notices, owed, queue

urlpatterns = [
    path("", queue.queue, name="desk"),
    path("catalogue/", catalogue.items, name="desk-catalogue"),
    path("catalogue/publish/", catalogue.publish, name="desk-publish"),
    path("catalogue/<slug:item_id>/", catalogue.item, name="desk-catalogue-item"),
    path("catalogue/<slug:item_id>/preview/", catalogue.preview, name="desk-catalogue-preview"),
    path("catalogue/<slug:item_id>/notices/", notice_preview.preview, name="desk-catalogue-notices"),
    path("notices/", notices.notices, name="desk-notices"),
    path("notices/undelivered/", notices.dead_letters, name="desk-undelivered"),
    path("notices/undelivered/<int:notice_id>/", notices.decide, name="desk-undelivered-decide"),
    path("owed/", owed.page, name="desk-owed"),
    path("calls/", calls.overview, name="desk-calls"),
    path("calls/<str:number>/", calls.call, name="desk-call"),
    path("cases/<str:number>/", case.case, name="desk-case"),
    path("cases/<str:number>/files/<uuid:upload_id>/", case.file, name="desk-file"),
    path("cases/<str:number>/result.pdf", case.result, name="desk-result"),
    path("cases/<str:number>/rating-code/", case.rating_code, name="desk-rating-code"),
    path("cases/<str:number>/<slug:verb>/", case.act_on, name="desk-act"),
]
