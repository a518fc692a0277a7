using System.Net;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;

namespace Tilskudd.Tests.Approval;

/// <summary>A body changes while a case is before it.</summary>
public sealed class SuccessorTests
{
    private static readonly LocalDate Tomorrow = new(2024, 11, 21);

    [Fact]
    public async Task Who_has_the_place_after_one_who_had_not_answered_is_asked_and_the_other_is_out()
    {
        await using var given = await GivenARound.Open();
        using var ola = await given.Member("Ola");
        await Succeed(given, "Ola", "Berit");
        await given.Turn();
        var before = await given.Read();
        given.Site.Database.Clock.Advance(TimeSpan.FromDays(1));
        await given.Turn();
        await given.Turn();
        var after = await given.Read();
        var (gone, mails) = (await ola.Get(), given.Mails("Ola").Count);
        given.Site.Database.Clock.Advance(TimeSpan.FromDays(7));
        await given.Turn();

        using var berit = await given.Member("Berit");
        var answered = await berit.Answer("godkjenn");
        using var ingrid = await given.SignedIn("Ingrid");

        Assert.NotNull(before.SeatOf(given["Ola"]));
        Assert.Equal(before.Seats.Single(seat => seat.PersonId == given["Ola"]).SeatId, after.SeatOf(given["Berit"])?.SeatId);
        Assert.Equal([given["Kari"], given["Fatima"], given["Berit"]], after.Missing.OrderBy(seat => seat.Number).Select(seat => seat.PersonId!.Value));
        Assert.Equal(HttpStatusCode.Gone, gone.Status);
        Assert.Equal(mails, given.Mails("Ola").Count);
        Assert.Equal(HttpStatusCode.SeeOther, answered.Status);
        Assert.Single(await given.Trail("seat-passed-on"));
        Assert.Contains("ga plassen i runden til Berit Nordby, som har den i organet etter Ola Nordby.", WebUtility.HtmlDecode((await ingrid.Get("/spor")).Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_had_answered_did_so_as_a_member_and_nobody_is_asked_in_the_place()
    {
        await using var given = await GivenARound.Open();
        using var ola = await given.Member("Ola");
        await ola.Answer("godkjenn");
        await Succeed(given, "Ola", "Berit");
        given.Site.Database.Clock.Advance(TimeSpan.FromDays(1));
        await given.Turn();

        var after = await given.Read();

        Assert.Equal(given["Ola"], Assert.Single(after.Standing).PersonId);
        Assert.Null(after.SeatOf(given["Berit"]));
        Assert.Empty(given.Mails("Berit"));
        Assert.Empty(await given.Trail("seat-passed-on"));
    }

    [Fact]
    public async Task A_place_nobody_has_after_is_the_deputys()
    {
        await using var given = await GivenARound.Open();
        await Succeed(given, "Ola", null);
        given.Site.Database.Clock.Advance(TimeSpan.FromDays(1));
        await given.Turn();
        await given.Turn();

        var after = await given.Read();

        Assert.Equal([given["Kari"], given["Fatima"], given["Per"]], after.Missing.OrderBy(seat => seat.Number).Select(seat => seat.PersonId!.Value));
        Assert.Contains(given.Mails("Per"), mail => mail.Subject.StartsWith("Til godkjenning", StringComparison.Ordinal));
        Assert.Single(await given.Trail("seat-vacated"));
    }

    [Fact]
    public async Task A_deputy_who_gets_the_place_is_asked_as_a_member_and_the_next_deputy_is_first_in_line()
    {
        await using var given = await GivenARound.Open();
        await Succeed(given, "Ola", "Per");
        given.Site.Database.Clock.Advance(TimeSpan.FromDays(1));
        await given.Turn();
        await given.Turn();

        var after = await given.Read();

        Assert.Equal(SeatRole.Member, after.SeatOf(given["Per"])!.Role);
        Assert.Single(after.Seats, seat => seat.PersonId == given["Per"]);
        Assert.Equal([given["Kari"], given["Fatima"], given["Per"]], after.Entitled.OrderBy(seat => seat.Number).Select(seat => seat.PersonId!.Value));
        Assert.Null(after.MarkAbsent(given["Fatima"], given.Site.Database.Clock.GetUtcNow()));
        Assert.Equal([given["Kari"], given["Per"], given["Anne"]], after.Entitled.OrderBy(seat => seat.Number).Select(seat => seat.PersonId!.Value));
    }

    [Fact]
    public async Task A_deputy_who_has_answered_for_a_member_that_leaves_keeps_the_place()
    {
        await using var given = await GivenARound.Open();
        await given.Tell(async w => Assert.Null((await w.Db.Rounds.SingleAsync()).MarkAbsent(given["Ola"], w.Now)));
        await given.Tell(async w =>
        {
            var open = await w.Db.Rounds.SingleAsync();
            Assert.Null(open.Answer(w.Ids.Next<RoundAnswerId>(), given["Per"], AnswerKind.Approve, "", open.Hash, Assurance.LinkAndCode, w.Ids.Next(), w.Now));
        });
        await Succeed(given, "Ola", "Berit");
        given.Site.Database.Clock.Advance(TimeSpan.FromDays(1));
        await given.Turn();

        var after = await given.Read();

        Assert.Equal(given["Per"], Assert.Single(after.Standing).PersonId);
        Assert.Equal((null, null), (after.SeatOf(given["Berit"]), after.SeatOf(given["Ola"])));
        Assert.Empty(given.Mails("Berit"));
        Assert.Single(await given.Trail("seat-vacated"));
    }

    [Fact]
    public async Task What_who_has_left_took_back_is_not_told_as_the_successors()
    {
        await using var given = await GivenARound.Open();
        await given.Tell(async w =>
        {
            var open = await w.Db.Rounds.SingleAsync();
            Assert.Null(open.Register(w.Ids.Next<RoundAnswerId>(), given["Ola"], AnswerKind.Approve, "", open.Hash, new Registration(AnswerChannel.Phone, given["Silje"], new LocalDate(2024, 11, 20)), w.Ids.Next(), w.Now));
            Assert.Null(open.Retract(given["Ola"], w.Now));
        });
        await Succeed(given, "Ola", "Berit");
        given.Site.Database.Clock.Advance(TimeSpan.FromDays(1));
        await given.Turn();
        using var ingrid = await given.SignedIn("Ingrid");

        var protocol = WebUtility.HtmlDecode((await ingrid.Get(given.Page + "/protokoll")).Text);

        Assert.NotNull((await given.Read()).SeatOf(given["Berit"]));
        Assert.Contains("Ola Nordby: ", protocol, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_left_of_the_body_has_decided_when_the_last_who_was_waited_for_has_left()
    {
        await using var given = await GivenARound.Open(boards: 2);
        var board = await given.PageOf(GivenARound.Second);
        using var berit = await given.Member("Berit", board);
        await berit.Answer("godkjenn");
        var id = new RoundId(Guid.Parse(board["/godkjenning/".Length..]));
        var before = await given.Read(id);
        await Succeed(given, "Dag", null);
        given.Site.Database.Clock.Advance(TimeSpan.FromDays(1));
        await given.Turn();

        var after = await given.Read(id);

        Assert.True(before.IsOpen);
        Assert.Equal((false, CountOutcome.Approved), (after.IsOpen, after.Outcome));
        Assert.True((await given.Read()).IsOpen);
    }

    [Fact]
    public void What_was_found_of_a_deputy_and_noted_follows_into_the_place()
    {
        var (now, since) = (new DateTimeOffset(2024, 11, 20, 8, 0, 0, TimeSpan.Zero), new LocalDate(2024, 1, 1));
        var body = new Body(new(Id(1)), new(Id(2)), null, "deciding-body", "Gruppa", Regime.Mandat, Mandate.Default, Mode.Written, isCompetent: true, "");
        body.Add(new(Id(10)), SeatRole.Leader, new PersonId(Id(20)), null, null, null, since, null);
        body.Add(new(Id(11)), SeatRole.Member, new PersonId(Id(21)), null, null, null, since, null);
        body.Add(new(Id(12)), SeatRole.Member, new PersonId(Id(22)), null, null, null, since, null);
        body.Add(new(Id(13)), SeatRole.Deputy, new PersonId(Id(23)), 1, null, null, since, null);
        var round = Round.Open(new(Id(3)), body, body.SeatsOn(since), DocumentKind.Handlingsplan, Id(4), 1, "hash", [], mayChangeAnswer: true, null, now);
        Assert.Null(round.MarkAbsent(new(Id(21)), now));
        Assert.Null(round.MarkAbsent(new(Id(23)), now));

        var passed = round.PassOn(new(Id(12)), new PersonId(Id(23)));
        var (person, away) = round.Seats.Where(seat => seat.SeatId == new SeatId(Id(12))).Select(seat => (seat.PersonId, seat.AbsentAt)).Single();
        var again = round.PassOn(new(Id(12)), new PersonId(Id(20)));

        Assert.True(passed);
        Assert.True(again);
        Assert.Equal((new PersonId(Id(23)), now), (person, away));
        Assert.Null(round.Seats.Single(seat => seat.SeatId == new SeatId(Id(12))).PersonId);
        Assert.Equal([new PersonId(Id(20))], round.Entitled.Select(seat => seat.PersonId!.Value));
    }

    // The administrator has given the place in the body to another from tomorrow on, or let it stand vacant.
    private static Task Succeed(GivenARound given, string left, string? heir) => given.Tell(async w =>
    {
        var person = given[left];
        var body = await w.Db.Bodies.SingleAsync(body => body.Seats.Any(seat => seat.PersonId == person));
        var seat = body.Seats.Single(seat => seat.PersonId == person);
        foreach (var deputy in body.Seats.Where(other => heir is not null && other.PersonId == given[heir]).ToList())
        {
            deputy.End(Tomorrow.PlusDays(-1));
        }

        body.Succeed(seat, heir is null ? null : given[heir], Tomorrow, w.Ids.Next<SeatId>);
    });

    private static Guid Id(int number) => new(number, 0, 0, new byte[8]);
}
