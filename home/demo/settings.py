from gandan.demo import Tell
from home.demo.rows import Row, fields, weekly_hours
from home.models import CommuneSettings, EmergencyNumber, HomePage, Official

SAME = (
    *("kind", "name", "office_name", "address", "hotline", "email", "portal_url"),
    *("is_sample", "sample_note"),
)


def load_settings(row: Row, emergency: list[Row], tell: Tell) -> None:
    """Fills the settings of a commune that has no name yet."""
    settings = CommuneSettings.objects.get(site__is_default_site=True)
    if settings.name:
        return
    for name, value in fields(row, SAME).items():
        setattr(settings, name, value)
    settings.former_units = ", ".join(row["former_units"])
    settings.weekly_hours = weekly_hours(row["hours"])
    settings.leader = Official.objects.get(key=row["leader"])
    settings.conduct_reader = Official.objects.get(key=row["conduct_reader"])
    settings.emergency_numbers = [EmergencyNumber(**number) for number in emergency]
    settings.save()
    tell(row["name"])


def load_home_pages(row: Row) -> None:
    """Example searches, where nobody has written any."""
    for home in HomePage.objects.filter(examples="").select_related("locale"):
        language = home.locale.language_code
        suffix = "" if language == "vi" else f"_{language}"
        home.question = row[f"question{suffix}"]
        home.examples = "\n".join(row[f"search_examples{suffix}"])
        home.save_revision(log_action=False).publish(log_action=False)
