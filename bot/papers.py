"""The services of certificates, made once: they share the kinds, one place that drafts and one that issues."""

from bot.documents.links import PublicLinks
from bot.stationery import UniversityStationery, fact_reader, kinds_of
from bot.tools import Ground
from services.batches.planning import BatchPlanner
from services.batches.service import BatchService
from services.batches.work import BatchWorker
from services.certificates.addresses import OwnAddresses
from services.certificates.drafting import Drafting
from services.certificates.dto import CertificateKind
from services.certificates.fields import FieldReader
from services.certificates.issuing import Issuer
from services.certificates.reissue import Reissuer
from services.certificates.replacing import ReplacementService
from services.certificates.revocation import RevocationService
from services.certificates.service import CertificateService
from services.certificates.verification import VerificationService
from services.reports.desk import ReportDeskService
from services.reports.service import ReportReader, ReportService


class PaperServices:
    """Makes what people and officials do with certificates."""

    def __init__(self, ground: Ground, links: PublicLinks) -> None:
        self._ground = ground
        self.links = links
        university = ground.tools.university
        self.kinds = kinds_of(university)
        self.stationery = UniversityStationery(university, links)
        self.drafting = Drafting(ground.clock, ground.calendar, self.stationery, self.kinds)
        self.issuer = Issuer(self.stationery)
        self._reissuer = Reissuer(self.drafting, self.issuer)
        self._report_reader = ReportReader(ground.clock, ground.calendar, self.stationery, self.drafting)

    def certificates(self) -> CertificateService:
        """Certificates as people ask for them."""
        bells = self._ground.bells
        return CertificateService(self._ground.unit_of_work, self.drafting, self.issuer, bells.printing, bells.outbox)

    def revocations(self) -> RevocationService:
        """Saying that a certificate confirms nothing any more."""
        return RevocationService(self._ground.unit_of_work, self._ground.clock, self._ground.bells.outbox)

    def replacements(self) -> ReplacementService:
        """Issuing a certificate anew by an official's decision."""
        bells = self._ground.bells
        return ReplacementService(
            self._ground.unit_of_work, self.drafting, self._reissuer, bells.printing, bells.outbox
        )

    def batches(self) -> BatchService:
        """Whole groups."""
        ground = self._ground
        planner = BatchPlanner(self.drafting, self._fact_reader)
        return BatchService(ground.unit_of_work, ground.clock, self.drafting, planner, ground.bells.batches)

    def batch_worker(self) -> BatchWorker:
        """Who issues for whole groups."""
        ground, bells = self._ground, self._ground.bells
        return BatchWorker(ground.unit_of_work, ground.clock, self.drafting, self.issuer, bells.printing, bells.outbox)

    def reports(self) -> ReportService:
        """Facts that holders say are wrong."""
        ground = self._ground
        return ReportService(ground.unit_of_work, ground.clock, self.drafting, self._report_reader)

    def report_desk(self) -> ReportDeskService:
        """The same in the hands of officials."""
        ground = self._ground
        return ReportDeskService(
            ground.unit_of_work,
            ground.clock,
            self.drafting,
            self._report_reader,
            self._reissuer,
            ground.bells.printing,
            ground.bells.outbox,
        )

    def verification(self) -> VerificationService:
        """Checking certificates; anybody may."""
        ground = self._ground
        return VerificationService(
            ground.reading,
            ground.clock,
            ground.calendar,
            self.kinds,
            ground.tools.inspector,
            reader=ground.tools.reader,
            own=OwnAddresses(public_url=self.links.public_url, bot_username=self.links.bot_username),
            authorities=[pem.encode() for pem in ground.tools.press.key.authority_pems],
        )

    def _fact_reader(self, kind: CertificateKind) -> FieldReader:
        ground = self._ground
        today = ground.calendar.today(ground.clock.now())
        return fact_reader(ground.tools.university, self.stationery, kind, today)
