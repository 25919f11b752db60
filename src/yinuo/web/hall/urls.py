"""The citizens' addresses."""

from django.urls import path

from yinuo.web.hall import account, applying, cases, checklists, guides, public, supplementing

urlpatterns = [
    path("", guides.home, name="home"),
    path("search/", guides.search, name="search"),
    path("branches/", guides.branches, name="branches"),
    path("branches/<slug:key>/", guides.branch, name="branch"),
    path("topics/<slug:key>/", guides.topic, name="topic"),
    path("items/<slug:item_id>/", guides.guide, name="guide"),
    path("items/<slug:item_id>/checklist.pdf", checklists.of_item, name="checklist"),
    path("windows/", guides.windows, name="windows"),
    path("about/<slug:page>/", guides.about, name="about"),
    path("items/<slug:item_id>/apply/", applying.begin, name="begin"),
    path("apply/<uuid:draft_id>/", applying.resume, name="resume"),
    path("apply/<uuid:draft_id>/form/<slug:key>/", applying.page, name="page"),
    path("apply/<uuid:draft_id>/materials/", applying.materials, name="materials"),
    path("apply/<uuid:draft_id>/where/", applying.where, name="where"),
    path("apply/<uuid:draft_id>/check/", applying.check, name="check"),
    path("apply/<uuid:draft_id>/checklist.pdf", checklists.of_draft, name="draft-checklist"),
    path("apply/<uuid:draft_id>/discard/", applying.discard, name="discard"),
    path("files/<uuid:upload_id>/", cases.own_file, name="own-file"),
    path("cases/", cases.mine, name="cases"),
    path("cases/<str:number>/", cases.case, name="case"),
    path("cases/<str:number>/submitted/", cases.submitted, name="submitted"),
    path("cases/<str:number>/supplement/", supplementing.supplement, name="supplement"),
    path("cases/<str:number>/receipts/<slug:key>.json", cases.receipt_json, name="receipt-json"),
    path("cases/<str:number>/receipts/<slug:key>.pdf", cases.receipt_pdf, name="receipt-pdf"),
    path("cases/<str:number>/result.pdf", cases.result_pdf, name="result"),
    path("cases/<str:number>/<slug:verb>/", cases.act_on, name="case-act"),
    path("progress/", public.progress, name="progress"),
    path("verify/", public.verify, name="verify"),
    path("verify/key.pem", public.key, name="verify-key"),
    path("verify/authority.pem", public.authority, name="verify-authority"),
    path("sign-in/", account.sign_in, name="sign-in"),
    path("sign-out/", account.sign_out, name="sign-out"),
    path("register/", account.register, name="register"),
    path("preferences/", account.preferences, name="preferences"),
]
