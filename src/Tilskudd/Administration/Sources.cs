using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Storage;

namespace Tilskudd.Administration;

/// <summary>Where a programme's money of a year comes from, with chapter and post as they were received. Figures are set where the frame is.</summary>
internal sealed class Sources() : Register("kilder")
{
    public override async Task<FormRow?> New(Asked asked) => await asked.Programme(new ProgrammeId(asked.In)) is { } programme
        ? new FormRow(Text("Source.New"), $"{Root}/ny?i={programme.Id}", Programmes.PathOf(programme), [.. Programmes.CrumbsOf(programme), new Crumb(Text("New"), $"{Root}/ny?i={programme.Id}")],
        [
            new(FieldKind.Line, "aar", $"{asked.Today.Year + 1}") { Longest = 4 },
            new(FieldKind.Choice, "giver", "")
            {
                Choices = [.. await asked.Db.Grantors.LastingOn(asked.Today).OrderBy(grantor => grantor.Code).Select(grantor => new Choice(grantor.Id.ToString(), grantor.Code + " – " + grantor.Name)).ToListAsync(asked.Ct), new Choice(Own, Text("OwnShare"))],
                Empty = Text("Choose"),
                Hint = Text("Hint.giver"),
            },
            .. Fields("", "", "", ""),
            .. Amount(null),
        ]) : null;

    public override async Task<FormRow?> Edit(Asked asked)
    {
        var (source, programme) = await Find(asked);
        return source is null || programme is null ? null
            : new FormRow(Name(source), $"{Root}/{source.Id}/endre", Programmes.PathOf(programme), [.. Programmes.CrumbsOf(programme), new Crumb(Name(source), $"{Root}/{source.Id}/endre")],
                [.. Fields($"{source.Chapter}", $"{source.Post}", source.AsReceived, source.Condition), .. Amount(Proposed(source, await OnlyUnit(asked.Db, source, asked.Ct)))])
            {
                Version = asked.Version(source),
                Lead = Text(source.IsOwnShare ? "Source.Change.Lead.Own" : "Source.Change.Lead"),
                End = $"{Root}/{source.Id}/avslutt",
                Remove = $"{Root}/{source.Id}/ta-bort",
            };
    }

    public override async Task<FormRow?> End(Asked asked)
    {
        var (source, programme) = await Find(asked);
        return source is null || programme is null ? null
            : Ending(asked, Name(source), $"{Root}/{source.Id}/avslutt", Programmes.PathOf(programme), Programmes.CrumbsOf(programme), source.ToOn, source) with { Lead = Text("Source.End.Lead") };
    }

    public override async Task<Refusal?> Add(Saving saving)
    {
        var (form, ct) = (saving.Form, saving.Asked.Ct);
        var programme = (await saving.Asked.Programme(new ProgrammeId(saving.Asked.In)))!;
        var grantors = await saving.Db.Grantors.LastingOn(saving.Asked.Today).ToListAsync(ct);
        var number = form.OptionalNumber("aar", GrantYear.Earliest, GrantYear.Latest);
        var giver = form.Choice("giver", grantors.Select(grantor => grantor.Id.ToString()).Append(Own));
        var (chapter, post, received, condition) = Read(form);
        var (amount, basis) = (form.OptionalMoney("belop"), form.OptionalLine("grunnlag", AdminRoom.LongestName));
        if (form.Faults.Count > 0 || number is null)
        {
            return number is null && form.Faults.All(fault => fault.Field != "aar") ? new AdminRefusal.YearMissing("aar") : null;
        }

        var year = new GrantYear(number.Value);
        if (!programme.Covers(year))
        {
            return new AdminRefusal.YearOutside("aar", year.Number);
        }

        var grantor = grantors.FirstOrDefault(one => one.Id.ToString() == giver);
        var known = await saving.Db.FundingSources.Where(source => source.ProgrammeId == programme.Id && source.Year == year).ToListAsync(ct);
        if (known.Any(source => source.GrantorId == grantor?.Id && source.Chapter == chapter && source.Post == post))
        {
            return new AdminRefusal.Twice("giver");
        }

        // A grantor who gives from two posts has two sources, which the plans tell apart by their codes.
        var code = grantor?.Code ?? OwnCode;
        var free = Enumerable.Range(2, known.Count + 1).Select(number => $"{code}-{number}").Prepend(code).First(one => known.All(source => source.Code != one));
        var added = new FundingSource(
            saving.Writing.Ids.Next<FundingSourceId>(), programme.Id, year, known.Count == 0 ? 1 : known.Max(source => source.Number) + 1, grantor?.Id, free, chapter, post, received, condition);
        if (amount is { } proposed)
        {
            added.Record(AmountState.Proposed, null, proposed, saving.Writing.Now, basis);
        }

        await CarryIn(saving, added, known);
        saving.Db.Add(added);
        saving.Added("source", added.Id, programme.Slug);
        return null;
    }

    public override async Task<Refusal?> Change(Saving saving)
    {
        var (found, programme) = await Find(saving.Asked);
        var source = found!;
        var (chapter, post, received, condition) = Read(saving.Form);
        var (amount, basis) = (saving.Form.OptionalMoney("belop"), saving.Form.OptionalLine("grunnlag", AdminRoom.LongestName));
        if (saving.Form.Faults.Count > 0)
        {
            return null;
        }

        var known = await saving.Db.FundingSources.Where(other => other.ProgrammeId == source.ProgrammeId && other.Year == source.Year && other.Id != source.Id).ToListAsync(saving.Asked.Ct);
        if ((chapter, post) != (source.Chapter, source.Post) && known.Any(other => other.GrantorId == source.GrantorId && other.Chapter == chapter && other.Post == post))
        {
            return new AdminRefusal.Twice("post");
        }

        var (parts, only) = (source.ProposedParts(), await OnlyUnit(saving.Db, source, saving.Asked.Ct));
        if (amount is { } proposed && proposed != Proposed(source, only))
        {
            var given = parts.Values.Aggregate(Money.Zero, (sum, part) => sum + part);
            if (only is null && proposed < given)
            {
                return new AdminRefusal.BelowUnits(given);
            }

            source.Record(AmountState.Proposed, null, proposed, saving.Writing.Now, basis);
            if (only is { } unit && parts.ContainsKey(unit))
            {
                source.Record(AmountState.Proposed, unit, proposed, saving.Writing.Now, basis);
            }
        }

        source.Change(chapter, post, received, condition);
        await CarryIn(saving, source, known);

        saving.Changed("source", source.Id, source, programme!.Slug);
        return null;
    }

    public override async Task<Refusal?> Finish(Saving saving)
    {
        var (source, programme) = await Find(saving.Asked);
        source!.End(saving.Form.OptionalDate("siste"));
        saving.Ended("source", source.Id, programme!.Slug);
        return null;
    }

    public override async Task<FormRow?> Removal(Asked asked)
    {
        var (source, programme) = await Find(asked);
        var row = source is null || programme is null ? null
            : new FormRow(Text("Remove.Title", Name(source)), $"{Root}/{source.Id}/ta-bort", Programmes.PathOf(programme), [.. Programmes.CrumbsOf(programme), new Crumb(Text("Remove"), $"{Root}/{source.Id}/ta-bort")], [])
            {
                Version = asked.Version(source),
                Button = Text("Remove"),
            };
        return row is null ? null
            : await Rests(asked.Db, source!, asked.Ct) is not { } inUse ? row with { Lead = Text("Source.Remove.Lead") }
            : row with { Refusal = RefusalText.Of(inUse), Beside = new PageLink(Text("End"), $"{Root}/{source!.Id}/avslutt") };
    }

    public override async Task<Refusal?> Remove(Saving saving)
    {
        var (source, programme) = await Find(saving.Asked);
        if (await Rests(saving.Db, source!, saving.Asked.Ct) is { } inUse)
        {
            return inUse;
        }

        saving.Db.Remove(source!);
        saving.Removed("source", source!.Id, programme!.Slug);
        return null;
    }

    private static async Task<AdminRefusal?> Rests(TilskuddDb db, FundingSource source, CancellationToken ct) => await SourceUse.Of(db, source, ct) is { } what ? new AdminRefusal.SourceInUse(what) : null;

    private const string Own = "egen";
    private const string OwnCode = "Egen";

    // What last year's report on the same source has carried over, where the post is the first to tell that it is the same.
    private static async Task CarryIn(Saving saving, FundingSource source, IReadOnlyList<FundingSource> known)
    {
        var lastYear = source.Year.Number == GrantYear.Earliest ? source.Year : source.Year.Previous();
        var before = await saving.Db.FundingSources.Where(other => other.ProgrammeId == source.ProgrammeId && other.Year == lastYear && other.Year != source.Year).ToListAsync(saving.Asked.Ct);
        if (source.GoesOnFrom([source, .. known, .. before]) is { } last)
        {
            source.CarryIn(last, saving.Writing.Now);
        }
    }

    // Where one unit has all of the source, the source's amount is its plan's frame.
    private static async Task<PlanUnitId?> OnlyUnit(TilskuddDb db, FundingSource source, CancellationToken ct) =>
        source.SharedBy(await db.PlanUnits.Where(unit => unit.ProgrammeId == source.ProgrammeId).ToListAsync(ct)) is [var only] ? only : null;

    private static Money? Proposed(FundingSource source, PlanUnitId? only) =>
        (only is null ? null : source.LatestFor(only, AmountState.Proposed)) ?? source.LatestFor(null, AmountState.Proposed);

    private static string Root => $"{AdminRoom.Path}/kilder";

    public static string Name(FundingSource source) => Text("Source.Line", $"{source.Year}", source.IsOwnShare ? Text("OwnShare") : source.Code);

    private static IEnumerable<FieldRow> Fields(string chapter, string post, string received, string condition) =>
    [
        new(FieldKind.Line, "kapittel", chapter) { IsOptional = true, Longest = 4 },
        new(FieldKind.Line, "post", post) { IsOptional = true, Longest = 2 },
        new(FieldKind.Line, "mottatt", received) { Hint = Text("Hint.mottatt"), IsOptional = true },
        new(FieldKind.Area, "vilkar", condition) { IsOptional = true, Longest = AdminRoom.LongestText },
    ];

    // The proposal for the whole source: where the frame of a unit is set already, it is filled in here.
    private static IEnumerable<FieldRow> Amount(Money? proposed) =>
    [
        new(FieldKind.Amount, "belop", proposed?.ToField() ?? "") { Hint = Text("Hint.belop"), IsOptional = true },
        new(FieldKind.Line, "grunnlag", "") { Hint = Text("Hint.grunnlag"), IsOptional = true },
    ];

    private static (int? Chapter, int? Post, string Received, string Condition) Read(TypedForm form)
    {
        var (chapter, post) = (form.OptionalNumber("kapittel", 1, 9999), form.OptionalNumber("post", 1, 99));
        var received = form.OptionalLine("mottatt", AdminRoom.LongestName);
        return (chapter, post, received.Length == 0 && chapter is not null && post is not null ? $"kap. {chapter} post {post}" : received, form.OptionalText("vilkar", AdminRoom.LongestText));
    }

    private static async Task<(FundingSource? Source, Programme? Programme)> Find(Asked asked)
    {
        var source = await asked.Db.FundingSources.SingleOrDefaultAsync(source => source.Id == new FundingSourceId(asked.Id), asked.Ct);
        return (source, source is null ? null : await asked.Programme(source.ProgrammeId));
    }
}
