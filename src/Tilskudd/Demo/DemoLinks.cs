using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Approval;
using Tilskudd.Cycle.People;
using Tilskudd.Layout;
using Tilskudd.Notices;
using Tilskudd.Notices.Mailing;
using Tilskudd.Runs;
using Tilskudd.SignIn;
using Tilskudd.Storage;

namespace Tilskudd.Demo;

/// <summary>A way in that the demonstration prints: it works many times, in any browser.</summary>
internal sealed record DemoLink(string Role, string Name, string Address);

/// <summary>
/// Makes the ways in: a sign-in link for everyone with a role or a seat, and for members and grantors we wait for also the personal link
/// of their latest mail, whose code stands in that mail in <c>/postkasse</c>.
/// </summary>
internal sealed partial class DemoLinks(Door door, SignInTickets tickets, SiteAddress site, Settings settings, IDbContextFactory<TilskuddDb> databases)
{
    private const string First = "stromso-2030";

    public async Task<IReadOnlyList<DemoLink>> Issue()
    {
        var links = new List<DemoLink>();
        await door.Write(async w =>
        {
            foreach (var (role, person) in await Everyone(w.Db))
            {
                links.Add(new DemoLink(role, person.Name, site.Link($"/l/{tickets.IssueReusable(w, person.Id)}")));
            }

            return null;
        });
        return [.. links, .. await Mailed()];
    }

    private static async Task<IReadOnlyList<(string Role, Person Person)>> Everyone(TilskuddDb db)
    {
        var programmes = await db.Programmes.OrderByDescending(programme => programme.Slug == First).ThenBy(programme => programme.Slug).ToListAsync();
        var roles = await db.Roles.Join(db.People, role => role.PersonId, person => person.Id, (role, person) => new { Role = role, Person = person }).ToListAsync();
        var seats = await db.Bodies.SelectMany(body => body.Seats, (body, seat) => new { body.ProgrammeId, seat.Number, seat.PersonId, seat.Role })
            .Join(db.People, seat => seat.PersonId, person => person.Id, (seat, person) => new { Seat = seat, Person = person }).ToListAsync();
        var grantors = await db.Grantors.ToDictionaryAsync(grantor => grantor.Id, grantor => grantor.Code);
        var everyone = new List<(string, Person)>();
        foreach (var programme in programmes)
        {
            var suffix = programme.Slug == First ? "" : $"/{programme.Slug}";
            everyone.AddRange(roles.Where(held => held.Role.ProgrammeId == programme.Id).OrderBy(held => held.Role.Role).ThenBy(held => held.Role.Id.Value)
                .DistinctBy(held => held.Role.Role).Select(held => (Key(held.Role.Role) + suffix, held.Person)));
            everyone.AddRange(seats.Where(held => held.Seat.ProgrammeId == programme.Id && (suffix == "" || held.Seat.Role == SeatRole.Leader)).OrderBy(held => held.Seat.Number)
                .Select(held => (Key(held.Seat.Role) + suffix, held.Person)));
            everyone.AddRange(suffix == "" ? roles.Where(held => held.Role.Role == Role.Administrator).Select(held => (Key(Role.Administrator), held.Person)) : []);
        }

        return [.. everyone, .. roles.Where(held => held.Role.GrantorId is not null).OrderBy(held => held.Person.Name, StringComparer.Ordinal)
            .Select(held => ($"{Key(Role.GrantorContact)}/{grantors[held.Role.GrantorId!.Value]}", held.Person))];
    }

    // The latest mail to each of those we wait for; what an earlier mail led to leads to the same case.
    private async Task<IReadOnlyList<DemoLink>> Mailed()
    {
        await using var db = await databases.CreateDbContextAsync();
        var rounds = await db.Rounds.Where(round => round.ClosedAt == null).OrderBy(round => round.Id).ToListAsync();
        var waiting = rounds.SelectMany(round => round.Missing.OrderBy(seat => seat.Number).Select(seat => seat.PersonId!.Value)
            .Select(person => (Person: person, Notice: (Func<Notice, bool>)(notice => notice.RoundId == round.Id), Role: "waiting-member"))).ToList();
        var receipts = await db.Set<Run>().Where(run => run.ClosedAt == null && run.WaitsFor == "grantor").Select(run => run.Id.Value).ToListAsync();
        var sent = await db.Set<Notice>().Where(notice => notice.State == NoticeState.Sent && (notice.Kind == NoticeKind.ApprovalAsked || notice.Kind == NoticeKind.ApprovalReminder || notice.Kind == NoticeKind.SubmissionSent))
            .OrderBy(notice => notice.Id).ToListAsync();
        var names = await db.People.ToDictionaryAsync(person => person.Id, person => person.Name);
        var members = waiting.Select(one => (one.Role, one.Person, Mail: sent.LastOrDefault(notice => notice.PersonId == one.Person && one.Notice(notice))));
        var contacts = sent.Where(notice => notice.RunId is { } run && receipts.Contains(run)).Select(notice => (Role: "waiting-grantor", Person: notice.PersonId, Mail: (Notice?)notice));
        return [.. members.Concat(contacts).Where(one => one.Mail is not null).Select(one => (one.Role, Name: names[one.Person], Link: LinkIn(one.Mail!))).Where(one => one.Link is not null)
            .Select(one => new DemoLink(one.Role, one.Name, one.Link!))];
    }

    private string? LinkIn(Notice notice)
    {
        var file = Path.Combine(settings.Mail.Folder, $"{notice.Id}.eml");
        return File.Exists(file) && Personal().Match(MailReader.Read(File.ReadAllBytes(file)).Text) is { Success: true } found ? found.Value : null;
    }

    private static string Key(Role role) => role switch
    {
        Role.Coordinator => "coordinator",
        Role.ProgrammeLeader => "programme-leader",
        Role.Secretary => "secretary",
        Role.Accountant => "accountant",
        Role.GrantorContact => "grantor",
        Role.Administrator => "administrator",
    };

    private static string Key(SeatRole role) => role switch
    {
        SeatRole.Leader => "leader",
        SeatRole.DeputyLeader => "deputy-leader",
        SeatRole.Member => "member",
        SeatRole.Deputy => "deputy",
        SeatRole.Observer => "observer",
    };

    [GeneratedRegex(@"https?://[^\s<>]+/[gk]/[A-Za-z0-9_-]{43}")]
    private static partial Regex Personal();
}
