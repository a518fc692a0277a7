using Microsoft.EntityFrameworkCore;
using NodaTime;
using Tilskudd.Cycle.People;
using Tilskudd.Notices;
using Tilskudd.Notices.Mailing;

namespace Tilskudd.Tests.Runs;

/// <summary>A run that waits for a role which nobody has says so wherever it says whom it waits for.</summary>
public sealed class VacantRoleTests
{
    private const string Vacant = "koordinator – ingen har rollen";

    [Fact]
    public async Task The_pages_say_that_nobody_has_the_role_and_lead_who_gives_it_there()
    {
        await using var given = await WithoutCoordinator();
        using var leader = await given.SignedIn(given.Leader);
        using var member = await given.SignedIn(given.Members[0]);

        var process = (await leader.Get($"/prosess/{given.Run}")).Text;
        var others = (await member.Get($"/prosess/{given.Run}")).Text;
        var pages = new[] { process, others, (await leader.Get("/prosess")).Text, (await leader.Get("/frister")).Text };
        var overview = (await leader.Get("/")).Text;

        Assert.All(pages, page => Assert.Contains(Vacant, page, StringComparison.Ordinal));
        Assert.Contains("K" + Vacant[1..], overview, StringComparison.Ordinal);
        Assert.Contains($"/admin/roller/ny?i={given.Programme}", process, StringComparison.Ordinal);
        Assert.DoesNotContain("/admin/roller/ny", others, StringComparison.Ordinal);
        Assert.All([process, overview], page => Assert.DoesNotContain("/paminn", page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_is_told_that_it_is_late_is_told_that_nobody_was_asked()
    {
        await using var given = await WithoutCoordinator();
        given.At(2024, 12, 20, 9);

        await given.Site.Turn();

        var told = await given.Notices(NoticeKind.Escalation);
        Assert.Contains(told, notice => notice.PersonId == given.Leader);
        var mail = Directory.GetFiles(Path.Combine(given.Site.Database.Folder, "mail"), "*.eml").Select(file => MailReader.Read(File.ReadAllBytes(file))).First(mail => mail.Text.Contains("Ingen har rollen", StringComparison.Ordinal));
        Assert.DoesNotContain("Vi venter på", mail.Text, StringComparison.Ordinal);
    }

    // The frame is set, and who was to write the plan has left.
    private static async Task<GivenAYear> WithoutCoordinator()
    {
        var given = await GivenAYear.Create();
        given.At(2024, 10, 1, 9);
        await given.Write(async w => (await w.Db.Roles.SingleAsync(role => role.Role == Role.Coordinator)).End(new LocalDate(2024, 9, 30)));
        await given.Answer("Done", given.Leader);
        return given;
    }
}
