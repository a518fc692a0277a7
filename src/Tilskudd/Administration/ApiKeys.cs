using Microsoft.EntityFrameworkCore;
using Tilskudd.Api;
using Tilskudd.Cycle;
using Tilskudd.Layout;
using Tilskudd.Notices;
using Tilskudd.Notices.Mailing;

namespace Tilskudd.Administration;

/// <summary>The keys other programs read the API with. A key is shown once, when it is made. For administrators.</summary>
internal sealed class ApiKeys(SecretSource secrets) : Register("nokler")
{
    public override async Task<ListRow?> List(Asked asked)
    {
        if (!asked.IsAdministrator)
        {
            return null;
        }

        var known = await asked.Db.Set<ApiKey>().Join(asked.Db.People, key => key.OwnerId, person => person.Id, (key, person) => new { key, person.Name }).OrderByDescending(both => both.key.MadeAt).ToListAsync(asked.Ct);
        return new ListRow(Text("ApiKeys"), Root, Crumbs,
        [
            new ListPart("nokler", Text("ApiKeys"), [.. known.Select(both => Lines.Task(
                both.key.Name, both.key.EndedAt is null ? $"{Root}/{both.key.Id}/avslutt" : null, both.key.EndedAt is { } at ? Dates.On(at) : null,
                Text(both.key.ReadsTrail ? "ApiKey.Line.Trail" : "ApiKey.Line", both.Name, Dates.Stamp(both.key.MadeAt))))], Text("None"), new PageLink(Text("ApiKey.New"), $"{Root}/ny")),
        ]) { Lead = Text("ApiKeys.Lead") };
    }

    public override Task<FormRow?> New(Asked asked) => Task.FromResult(asked.IsAdministrator
        ? new FormRow(Text("ApiKey.New"), $"{Root}/ny", Root, [.. Crumbs, new Crumb(Text("New"), $"{Root}/ny")],
        [
            new(FieldKind.Line, "navn", "") { Label = ".ApiKey" },
            new(FieldKind.Email, "epost", "") { Label = ".ApiKey", Hint = Text("Hint.epost.ApiKey"), Longest = EmailAddress.Longest },
            new(FieldKind.Choice, "spor", "nei") { Choices = [new Choice("nei", Text("ApiKey.WithoutTrail")), new Choice("ja", Text("ApiKey.WithTrail"))] },
        ]) : null);

    public override async Task<FormRow?> End(Asked asked) => await Find(asked) is { } key
        ? new FormRow(Text("End.Title", key.Name), $"{Root}/{key.Id}/avslutt", Root, [.. Crumbs, new Crumb(Text("End"), $"{Root}/{key.Id}/avslutt")], []) { Lead = Text("ApiKey.End.Lead"), Button = Text("End"), Version = asked.Version(key) } : null;

    public override async Task<Refusal?> Add(Saving saving)
    {
        var name = saving.Form.Line("navn", AdminRoom.LongestName);
        var (owner, refusal) = await saving.Person("epost");
        var readsTrail = saving.Form.YesOrNo("spor");
        if (owner is null || saving.Form.Faults.Count > 0)
        {
            return refusal;
        }

        var secret = secrets.Token();
        var key = new ApiKey(saving.Writing.Ids.Next<ApiKeyId>(), name, SecretSource.Hash(secret), owner.Id, readsTrail, saving.Writing.Now);
        saving.Db.Add(key);
        saving.Added("api-key", key.Id);
        saving.Shown = new ListRow(name, Root, [.. Crumbs, new Crumb(name, Root)], [])
        {
            Lead = Text("ApiKey.Once"),
            Summary = [new SummaryRow(Text("ApiKey"), secret), new SummaryRow(Text("ApiKey.Use"), $"Authorization: Bearer {secret}")],
            Links = [new PageLink(Text("ApiKeys"), Root)],
        };
        return null;
    }

    public override async Task<Refusal?> Finish(Saving saving)
    {
        var key = (await Find(saving.Asked))!;
        key.End(saving.Writing.Now);
        saving.Ended("api-key", key.Id);
        return null;
    }

    private static string Root => $"{AdminRoom.Path}/nokler";

    private static IReadOnlyList<Crumb> Crumbs => [Lines.Front, new Crumb(Text("ApiKeys"), Root)];

    private static async Task<ApiKey?> Find(Asked asked) =>
        asked.IsAdministrator ? await asked.Db.Set<ApiKey>().SingleOrDefaultAsync(key => key.Id == new ApiKeyId(asked.Id) && key.EndedAt == null, asked.Ct) : null;
}
