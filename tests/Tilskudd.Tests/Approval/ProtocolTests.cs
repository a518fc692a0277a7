using NodaTime;
using Tilskudd.Approval;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Language = Tilskudd.Layout.Language;

namespace Tilskudd.Tests.Approval;

/// <summary>The text of a protocol, written by hand from the rules: a body of five, where one is inhabil, a deputy steps in and one sends it back.</summary>
public sealed class ProtocolTests
{
    private const string Hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    private static readonly LocalDate Since = new(2024, 1, 1);
    private static readonly DateTimeOffset Opened = new(2024, 11, 20, 8, 0, 0, TimeSpan.Zero);
    private static readonly string[] Names = ["Kari", "Fatima", "Ola", "Eva", "Finn", "Per", "Odd"];

    [Fact]
    public void A_body_of_five_with_one_inhabil_and_one_who_sends_it_back_in_bokmal()
    {
        var round = Decided();

        Assert.Equal(
            """
            Protokoll fra Politisk styringsgruppe

            Saken
            Sak: Handlingsplan 2025 for Strømsø
            Versjon: 2
            Fingeravtrykk: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
            Forslag til vedtak: Gruppa godkjenner planen.
            Behandling: I møte
            Regler: Organets eget mandat
            Åpnet: 20.11.2024 kl. 09.00
            Svarfrist: 26.11.2024 kl. 12.00
            Avsluttet: 20.11.2024 kl. 09.07

            Innkalt
            Kari Nordby (A), leder
            Fatima Nordby (H), nestleder
            Ola Nordby (H), medlem
            Eva Nordby (A), medlem
            Finn Nordby (SV), medlem
            Per Nordby (H), vara

            Svar
            Kari Nordby (A), leder: Godkjent 20.11.2024 kl. 09.01. Svart med lenke og kode.
            Fatima Nordby (H), nestleder: Godkjent med merknad 20.11.2024 kl. 09.03. Svart med lenke og kode. Merknad: «Bra, men dyrt» Tidligere svar: Sendt tilbake 20.11.2024 kl. 09.02.
            Eva Nordby (A), medlem: Godkjent 20.11.2024 kl. 09.04. Svart med lenke og kode.
            Finn Nordby (SV), medlem: Sendt tilbake 20.11.2024 kl. 09.06. Svart med lenke og kode. Merknad: «Skriv om barna»
            Per Nordby (H), vara: Godkjent 20.11.2024 kl. 09.07. Svart med lenke og kode.

            Fordeling på parti
            For: A 2, H 2
            Mot: SV 1

            Habilitet og forfall
            Ola Nordby (H), medlem, meldte tvil om egen habilitet 20.11.2024 kl. 09.05. Organet avgjorde 20.11.2024 kl. 09.05 at medlemmet er inhabilt, med 3 mot 1 stemmer. Medlemmet deltok ikke i saken. For inhabilitet: Kari Nordby, Fatima Nordby, Eva Nordby. Mot: Finn Nordby. Møtets protokoll: sak 86/24.
            Per Nordby (H), vara, trådte inn for Ola Nordby.

            Observatører
            Odd Nordby, orientert om saken uten stemme

            Opptelling
            Varaplassen Per Nordby trer inn for Ola Nordby. Fire av fem stemte for, én mot. Minst tre måtte være til stede; fem var det. Flertallet av stemmene avgjør. Saken er godkjent.

            Utfall
            Godkjent.
            """.ReplaceLineEndings("\n"),
            Protocol.Of(round, About(round), Language.Nb).Text);
    }

    [Fact]
    public void The_same_in_nynorsk_with_what_a_meeting_decided()
    {
        var round = Decided();
        var text = new DecisionText(new LocalDate(2024, 11, 21), "87/24", "Planen blir godkjend.");
        var decision = new Decision(new(Id(90)), round.BodyId, DocumentKind.Handlingsplan, round.DocumentId, 2, isApproved: true, text, Person(0), Opened.AddDays(2), new LocalDate(2024, 11, 22));

        Assert.Equal(
            """
            Protokoll frå Politisk styringsgruppe

            Saka
            Sak: Handlingsplan 2025 for Strømsø
            Versjon: 2
            Fingeravtrykk: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
            Framlegg til vedtak: Gruppa godkjenner planen.
            Behandling: I møte
            Reglar: Mandatet til organet
            Opna: 20.11.2024 kl. 09.00
            Svarfrist: 26.11.2024 kl. 12.00
            Avslutta: 20.11.2024 kl. 09.07

            Innkalla
            Kari Nordby (A), leiar
            Fatima Nordby (H), nestleiar
            Ola Nordby (H), medlem
            Eva Nordby (A), medlem
            Finn Nordby (SV), medlem
            Per Nordby (H), vara

            Svar
            Kari Nordby (A), leiar: Godkjent 20.11.2024 kl. 09.01. Svart med lenkje og kode.
            Fatima Nordby (H), nestleiar: Godkjent med merknad 20.11.2024 kl. 09.03. Svart med lenkje og kode. Merknad: «Bra, men dyrt» Tidlegare svar: Sendt tilbake 20.11.2024 kl. 09.02.
            Eva Nordby (A), medlem: Godkjent 20.11.2024 kl. 09.04. Svart med lenkje og kode.
            Finn Nordby (SV), medlem: Sendt tilbake 20.11.2024 kl. 09.06. Svart med lenkje og kode. Merknad: «Skriv om barna»
            Per Nordby (H), vara: Godkjent 20.11.2024 kl. 09.07. Svart med lenkje og kode.

            Fordeling på parti
            For: A 2, H 2
            Mot: SV 1

            Habilitet og forfall
            Ola Nordby (H), medlem, melde tvil om eigen habilitet 20.11.2024 kl. 09.05. Organet avgjorde 20.11.2024 kl. 09.05 at medlemen er inhabil, med 3 mot 1 røyster. Medlemen tok ikkje del i saka. For inhabilitet: Kari Nordby, Fatima Nordby, Eva Nordby. Mot: Finn Nordby. Protokollen frå møtet: sak 86/24.
            Per Nordby (H), vara, tredde inn for Ola Nordby.

            Observatørar
            Odd Nordby, orientert om saka utan røyst

            Oppteljing
            Varaplassen Per Nordby trer inn for Ola Nordby. Fire av fem røysta for, éin mot. Minst tre måtte vere til stades; fem var det. Fleirtalet av røystene avgjer. Saka er godkjend.

            Utfall
            Godkjent.

            Vedtak frå møte
            21. november 2024, sak 87/24: Godkjent. «Planen blir godkjend.»
            """.ReplaceLineEndings("\n"),
            Protocol.Of(round, About(round) with { Decisions = [decision] }, Language.Nn).Text);
    }

    [Fact]
    public void Only_who_led_the_body_signs_and_only_what_was_shown_and_only_once()
    {
        var (open, round) = (Asked(), Decided());

        Assert.IsType<RoundRefusal.HasNoOutcome>(open.SignProtocol(Person(0), "a", "a", Opened));
        Assert.IsType<RoundRefusal.NotEntitled>(round.SignProtocol(Person(1), "a", "a", Opened));
        Assert.IsType<RoundRefusal.OtherProtocol>(round.SignProtocol(Person(0), "a", "b", Opened));
        Assert.Null(round.SignedAt);
        Assert.Null(round.SignProtocol(Person(0), "a", "a", Opened.AddDays(1)));
        Assert.Null(round.SignProtocol(Person(0), "b", "b", Opened.AddDays(2)));
        Assert.Equal((Person(0), Opened.AddDays(1), "a"), (round.SignedBy, round.SignedAt, round.SignedHash));
    }

    [Fact]
    public void The_deputy_leader_signs_where_the_leader_took_no_part()
    {
        var round = Asked();

        Assert.Null(round.MarkAbsent(Person(0), Opened));

        Assert.Equal(Person(1), round.Chair!.PersonId);
    }

    [Fact]
    public void An_answer_by_phone_says_so_and_who_wrote_it_down_and_one_that_was_taken_back_is_told_of_and_not_counted()
    {
        var round = Asked();
        Register(round, 0, AnswerChannel.Phone, 1);
        Register(round, 1, AnswerChannel.Paper, 2);
        Assert.Null(round.Retract(Person(1), Opened.AddMinutes(3)));

        var text = Protocol.Of(round, About(round), Language.Nb).Text;

        Assert.Contains("\nKari Nordby (A), leder: Godkjent 20.11.2024 kl. 09.01. Registrert av sekretæren, telefon. Svaret ble gitt 20. november 2024 og ført inn av Per Nordby.\n", text, StringComparison.Ordinal);
        Assert.Contains("\nFatima Nordby (H), nestleder: Har ikke svart ennå. Trukket tilbake av medlemmet: Godkjent 20.11.2024 kl. 09.02.\n", text, StringComparison.Ordinal);
        Assert.Contains("\nFor: A 1\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void One_who_stands_in_and_is_found_inhabil_is_named_and_the_member_is_not_said_to_be()
    {
        var round = Asked();
        var about = About(round);
        var people = about.People.Append(new(Person(8), new Person(Person(8), "Silje Moen", "silje@drammen.example", "nb", "", isInvented: true, "salt"))).ToDictionary();
        Assert.True(round.StandIn(Seat(2), Person(8), new LocalDate(2024, 11, 22)));
        var before = Protocol.Of(round, about with { People = people }, Language.Nb).Text;
        Assert.Null(round.RaiseDoubt(Person(8), "Grunn", Id(300), Opened.AddMinutes(5)));
        Assert.Null(round.Decide(Seat(2), new DoubtTally(true, 3, 1, ""), Person(5), Opened.AddMinutes(6)));

        var text = Protocol.Of(round, about with { People = people }, Language.Nb).Text;

        Assert.Contains("\nSilje Moen i stedet for Ola Nordby (H), medlem\n", before, StringComparison.Ordinal);
        Assert.Contains("Ola Nordby var borte til og med 22. november 2024 og hadde stedfortreder.", before, StringComparison.Ordinal);
        Assert.Contains("\nSilje Moen, meldte tvil om egen habilitet 20.11.2024 kl. 09.05. Organet avgjorde 20.11.2024 kl. 09.06 at medlemmet er inhabilt, med 3 mot 1 stemmer.", text, StringComparison.Ordinal);
        Assert.Contains("\nOla Nordby (H), medlem\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Grunn", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_deadline_without_a_clock_time_is_its_day_and_what_was_signed_with_the_next_days_first_instant_stands()
    {
        var round = Decided();
        round.SetDue(new DateTimeOffset(2024, 11, 25, 23, 0, 0, TimeSpan.Zero));
        var protocol = Protocol.Of(round, About(round), Language.Nb);
        var former = protocol.Text.Replace("Svarfrist: 25. november 2024", "Svarfrist: 26.11.2024 kl. 00.00", StringComparison.Ordinal);

        Assert.Null(round.SignProtocol(round.Chair!.PersonId!.Value, Canonical.Hash(former), Canonical.Hash(former), Opened.AddDays(1)));

        Assert.NotEqual(former, protocol.Text);
        Assert.Equal(former, Protocol.Of(round, About(round), Language.Nb).Text);
    }

    [Fact]
    public void What_one_answered_before_going_out_is_told_and_does_not_count_and_what_was_signed_without_it_stands()
    {
        var round = Asked();
        Answer(round, 2, AnswerKind.Approve, "", 1);
        Answer(round, 4, AnswerKind.SendBack, "Skriv om barna", 2);
        Assert.Null(round.RaiseDoubt(Person(2), "Grunn", Id(300), Opened.AddMinutes(3)));
        Assert.Null(round.Decide(Seat(2), new DoubtTally(true, 3, 0, ""), Person(5), Opened.AddMinutes(4)));
        Assert.Null(round.MarkAbsent(Person(4), Opened.AddMinutes(5)));
        foreach (var (person, minute) in new[] { (0, 6), (1, 7), (3, 8), (5, 9) })
        {
            Answer(round, person, AnswerKind.Approve, "", minute);
        }

        Assert.Null(round.Close(Opened.AddMinutes(10)));
        var protocol = Protocol.Of(round, About(round), Language.Nb);
        const string Ola = "\nOla Nordby hadde svart «Godkjent» 20.11.2024 kl. 09.01. Svaret teller ikke.";
        const string Finn = "\nFinn Nordby hadde svart «Sendt tilbake» 20.11.2024 kl. 09.02. Svaret teller ikke.";
        var former = protocol.Text.Replace(Ola, "", StringComparison.Ordinal).Replace(Finn, "", StringComparison.Ordinal);
        Assert.Null(round.SignProtocol(round.Chair!.PersonId!.Value, Canonical.Hash(former), Canonical.Hash(former), Opened.AddDays(1)));

        Assert.Contains(Ola, protocol.Text, StringComparison.Ordinal);
        Assert.Contains(Finn, protocol.Text, StringComparison.Ordinal);
        Assert.Contains("\nFor: A 2, H 2\n", protocol.Text, StringComparison.Ordinal);
        Assert.Equal(former, Protocol.Of(round, About(round), Language.Nb).Text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_was_signed_in_the_words_of_an_earlier_version_stands_in_them(bool wroteInstants)
    {
        var round = Decided();
        round.SetDue(new DateTimeOffset(2024, 11, 25, 23, 0, 0, TimeSpan.Zero));
        var protocol = Protocol.Of(round, About(round), Language.Nn);
        var former = protocol.Text.Replace("Framlegg til vedtak", "Forslag til vedtak", StringComparison.Ordinal);
        former = wroteInstants ? former.Replace("Svarfrist: 25. november 2024", "Svarfrist: 26.11.2024 kl. 00.00", StringComparison.Ordinal) : former;

        Assert.Null(round.SignProtocol(round.Chair!.PersonId!.Value, Canonical.Hash(former), Canonical.Hash(former), Opened.AddDays(1)));

        Assert.Contains("Framlegg til vedtak", protocol.Text, StringComparison.Ordinal);
        Assert.Equal(former, Protocol.Of(round, About(round), Language.Nn).Text);
    }

    private static void Register(Round round, int person, AnswerChannel channel, int minute) => Assert.Null(round.Register(
        new(Id(100 + minute)), Person(person), AnswerKind.Approve, "", Hash, new Registration(channel, Person(5), new LocalDate(2024, 11, 20)), Id(200 + minute), Opened.AddMinutes(minute)));

    private static Round Decided()
    {
        var round = Asked();
        Answer(round, 0, AnswerKind.Approve, "", 1);
        Answer(round, 1, AnswerKind.SendBack, "For dyrt", 2);
        Answer(round, 1, AnswerKind.ApproveWithRemark, "Bra, men dyrt", 3);
        Answer(round, 3, AnswerKind.Approve, "", 4);
        Assert.Null(round.RaiseDoubt(Person(2), "Søsteren min leder et av tiltakene.", Id(300), Opened.AddMinutes(5)));
        Assert.Null(round.Decide(Seat(2), new DoubtVotes(new Dictionary<SeatId, bool> { [Seat(0)] = true, [Seat(1)] = true, [Seat(3)] = true, [Seat(4)] = false }, null, "sak 86/24"), Person(5), Opened.AddMinutes(5)));
        Answer(round, 4, AnswerKind.SendBack, "Skriv om barna", 6);
        Answer(round, 5, AnswerKind.Approve, "", 7);
        Assert.True(round.CloseIfDecided(Opened.AddMinutes(7)));
        return round;
    }

    private static Round Asked()
    {
        var body = new Body(new(Id(50)), new(Id(51)), null, "deciding-body", "Politisk styringsgruppe", Regime.Mandat, Mandate.Default, Mode.Meeting, isCompetent: true, "");
        Seat(body, 0, SeatRole.Leader, "A");
        Seat(body, 1, SeatRole.DeputyLeader, "H");
        Seat(body, 2, SeatRole.Member, "H");
        Seat(body, 3, SeatRole.Member, "A");
        Seat(body, 4, SeatRole.Member, "SV");
        Seat(body, 5, SeatRole.Deputy, "H");
        Seat(body, 6, SeatRole.Observer, null);
        return Round.Open(new(Id(60)), body, body.SeatsOn(Since), DocumentKind.Handlingsplan, Id(61), 2, Hash, [], mayChangeAnswer: true, new DateTimeOffset(2024, 11, 26, 11, 0, 0, TimeSpan.Zero), Opened);
    }

    private static ProtocolCase About(Round round) => new(
        "Politisk styringsgruppe", "Handlingsplan 2025 for Strømsø", "Gruppa godkjenner planen.",
        round.Seats.Select(seat => seat.PersonId!.Value).ToDictionary(person => person, person => new Person(person, $"{Names[person.Value.ToByteArray()[0] - 1]} Nordby", "x@drammen.example", "nb", "", isInvented: true, "salt")), []);

    private static void Seat(Body body, int person, SeatRole role, string? group) => body.Add(new(Id(20 + person)), role, Person(person), null, group, null, Since, null);

    private static void Answer(Round round, int person, AnswerKind kind, string remark, int minute) =>
        Assert.Null(round.Answer(new(Id(100 + minute)), Person(person), kind, remark, Hash, Assurance.LinkAndCode, Id(200 + minute), Opened.AddMinutes(minute)));

    private static SeatId Seat(int person) => new(Id(20 + person));

    private static PersonId Person(int number) => new(Id(number + 1));

    private static Guid Id(int number) => new(number, 0, 0, new byte[8]);
}
