using Microsoft.EntityFrameworkCore;
using Tilskudd.Cycle.Steps;
using Tilskudd.Cycle.Year;
using Tilskudd.Storage;

namespace Tilskudd.Runs;

/// <summary>
/// What a programme does its own way in the steps with a deadline's key, whatever the year: whom it reminds when, and which body decides.
/// Null keeps what the flow's file says. Its own dates are <see cref="DeadlineOverride"/>.
/// </summary>
internal sealed class StepOverride
{
    private StepOverride() { }

    public StepOverride(ProgrammeId programme, string key) => (ProgrammeId, Key) = (programme, key);

    public ProgrammeId ProgrammeId { get; private set; }

    /// <summary>The deadline's key in the flow's file.</summary>
    public string Key { get; private set; } = "";

    public List<int>? Remind { get; private set; }

    public List<int>? Escalate { get; private set; }

    /// <summary>One of <see cref="BodyKeys"/>.</summary>
    public string? Body { get; private set; }

    /// <summary>Nothing of its own is left.</summary>
    public bool IsEmpty => Remind is null && Escalate is null && Body is null;

    /// <summary>Sets the programme's own ladder, or with two nulls goes back to the file's.</summary>
    /// <exception cref="ArgumentException">A rung is outside what a ladder may have; the form is checked first.</exception>
    public void Climb(IReadOnlyList<int>? remind, IReadOnlyList<int>? escalate)
    {
        Guard(remind, 0);
        Guard(escalate, 1);
        (Remind, Escalate) = (remind?.ToList(), escalate?.ToList());
    }

    /// <exception cref="ArgumentException">No such body key.</exception>
    public void Ask(string? body) =>
        Body = body is null || BodyKeys.All.Contains(body) ? body : throw new ArgumentException($"'{body}' is no body key.", nameof(body));

    private static void Guard(IReadOnlyList<int>? days, int lowest)
    {
        if (days is not null && (days.Count > Ladder.MostRungs || days.Distinct().Count() != days.Count || days.Any(day => day < lowest || day > Ladder.MostDays)))
        {
            throw new ArgumentException($"A ladder has at most {Ladder.MostRungs} different rungs from {lowest} to {Ladder.MostDays}, not {string.Join(", ", days)}.", nameof(days));
        }
    }
}

/// <summary>A programme's own limits, in place of the settings <c>Limits:*</c>; null keeps the setting.</summary>
internal sealed class LimitsOverride
{
    private LimitsOverride() { }

    public LimitsOverride(ProgrammeId programme, decimal? letterPercent, Money? letterAmount, Money? auditorFrom)
    {
        ProgrammeId = programme;
        Set(letterPercent, letterAmount, auditorFrom);
    }

    /// <exception cref="ArgumentOutOfRangeException">Outside what the settings allow: 0–100 per cent, 0–1 000 000 000 kroner.</exception>
    public void Set(decimal? letterPercent, Money? letterAmount, Money? auditorFrom)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(letterPercent ?? 0, nameof(letterPercent));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(letterPercent ?? 0, 100, nameof(letterPercent));
        foreach (var amount in new[] { letterAmount, auditorFrom }.OfType<Money>())
        {
            ArgumentOutOfRangeException.ThrowIfNegative(amount.Ore);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(amount.Ore, Money.FromKroner(1_000_000_000).Ore);
        }

        (LetterPercent, LetterAmount, AuditorFrom) = (letterPercent, letterAmount, auditorFrom);
    }

    public ProgrammeId ProgrammeId { get; private set; }

    public decimal? LetterPercent { get; private set; }

    public Money? LetterAmount { get; private set; }

    public Money? AuditorFrom { get; private set; }

    public Limits Over(Limits settings) => settings with
    {
        LetterPercent = LetterPercent ?? settings.LetterPercent, LetterAmount = LetterAmount ?? settings.LetterAmount, AuditorFrom = AuditorFrom ?? settings.AuditorFrom,
    };
}

/// <summary>Reads what a programme does its own way.</summary>
internal static class OwnRules
{
    public static Task<StepOverride?> Of(TilskuddDb db, ProgrammeId programme, string key, CancellationToken ct = default) =>
        db.Set<StepOverride>().SingleOrDefaultAsync(own => own.ProgrammeId == programme && own.Key == key, ct);

    /// <summary>The body a step asks or registers for: the programme's own, else the file's.</summary>
    public static async Task<string> BodyOf(TilskuddDb db, ProgrammeId programme, WaitingStep step, string body, CancellationToken ct = default) =>
        (await Of(db, programme, step.Deadline, ct))?.Body ?? body;

    /// <summary>The role or body a step waits for. A role is the file's to say; a body the programme's.</summary>
    public static Task<string> WhoOf(TilskuddDb db, ProgrammeId programme, WaitingStep step) =>
        Who.RoleOf(step.Who) is null ? BodyOf(db, programme, step, step.Who) : Task.FromResult(step.Who);
}

/// <summary>The limits that hold for a programme: its own, else the settings'.</summary>
internal sealed class ProgrammeLimits(Limits settings)
{
    public Limits Settings => settings;

    public async Task<Limits> Of(TilskuddDb db, ProgrammeId programme, CancellationToken ct = default) =>
        (await db.Set<LimitsOverride>().SingleOrDefaultAsync(own => own.ProgrammeId == programme, ct))?.Over(settings) ?? settings;
}
