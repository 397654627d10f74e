"""What one fills in about occasions and joint bids."""

from cordee.offers.forms.needs import FindForm, LotForm, NeedForm, NoticeForm

__all__ = ["FindForm", "LotForm", "NeedForm", "NoticeForm"]
