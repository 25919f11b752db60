"""The addresses of staff, all below /desk/."""

from django.urls import path

from yinuo.web.desk import case, catalogue, queue

urlpatterns = [
    path("", queue.queue, name="desk"),
    path("catalogue/", catalogue.items, name="desk-catalogue"),
    path("catalogue/publish/", catalogue.publish, name="desk-publish"),
    path("catalogue/<slug:item_id>/", catalogue.item, name="desk-catalogue-item"),
    path("catalogue/<slug:item_id>/preview/", catalogue.preview, name="desk-catalogue-preview"),
    path("cases/<str:number>/", case.case, name="desk-case"),
    path("cases/<str:number>/files/<uuid:upload_id>/", case.file, name="desk-file"),
    path("cases/<str:number>/result.pdf", case.result, name="desk-result"),
    path("cases/<str:number>/<slug:verb>/", case.act_on, name="desk-act"),
]
