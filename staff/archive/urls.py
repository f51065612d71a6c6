"""Addresses of the archive."""
from django.urls import path

from staff.archive.views import items, printing, requests, stocktakes

urlpatterns = [
    path("", items.ItemList.as_view(), name="archive"),
    path("new/", items.FileItem.as_view(), name="file_in_archive"),
    path("<int:pk>/", items.ItemPage.as_view(), name="archive_item"),
    path("<int:pk>/put-away/", items.PutAway.as_view(), name="put_away_item"),
    path("<int:pk>/ask-destruction/", items.AskDestruction.as_view(), name="ask_destruction"),
    path("<int:pk>/destroy/", items.Destroy.as_view(), name="destroy_item"),
    path("<int:pk>/request/", requests.Ask.as_view(), name="ask_access"),
    path("of/<slug:kind>/<int:pk>/", items.OfRecord.as_view(), name="archive_of_record"),
    path("keepers/", items.Keepers.as_view(), name="archive_keepers"),
    path("keepers/<int:pk>/", items.NameKeeper.as_view(), name="name_keeper"),
    path("requests/", requests.RequestList.as_view(), name="archive_requests"),
    path("requests/<int:pk>/", requests.RequestPage.as_view(), name="archive_request"),
    path("requests/<int:pk>/form/", printing.PrintedRequest.as_view(), name="archive_request_form"),
    path("requests/<int:pk>/approve/", requests.Approve.as_view(), name="approve_access"),
    path("requests/<int:pk>/decline/", requests.Decline.as_view(), name="decline_access"),
    path("requests/<int:pk>/end/", requests.End.as_view(), name="end_access"),
    path("requests/<int:pk>/hand-out/", requests.HandOut.as_view(), name="hand_out"),
    path("requests/<int:pk>/take-back/", requests.TakeBack.as_view(), name="take_back"),
    path("requests/<int:pk>/open/<int:file>/", requests.OpenFile.as_view(), name="open_archive_file"),
    path("requests/<int:pk>/read/<int:item>/", requests.NoteReading.as_view(), name="note_reading"),
    path("stocktakings/", stocktakes.StocktakingList.as_view(), name="stocktakings"),
    path("stocktakings/<int:pk>/", stocktakes.StocktakingPage.as_view(), name="stocktaking"),
    path("stocktakings/<int:pk>/form/", printing.PrintedStocktaking.as_view(), name="stocktaking_form"),
    path("stocktakings/<int:pk>/found/<int:line>/", stocktakes.Found.as_view(), name="item_found"),
    path("stocktakings/<int:pk>/wrong/<int:line>/", stocktakes.Wrong.as_view(), name="item_wrong"),
    path("stocktakings/<int:pk>/close/", stocktakes.Close.as_view(), name="close_stocktaking"),
    path("stocktakings/<int:pk>/decide/", stocktakes.Decide.as_view(), name="decide_stocktaking"),
]
