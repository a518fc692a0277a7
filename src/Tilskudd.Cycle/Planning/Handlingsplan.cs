using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Cycle.Planning;

/// <summary>The parts of a plan that are plain text, each a task of its own for the coordinator.</summary>
public enum PlanSection
{
    /// <summary>Hovedmål.</summary>
    Goal,

    /// <summary>Utfordringsbilde.</summary>
    Challenges,

    /// <summary>Rammer og styringssignaler.</summary>
    Signals,

    /// <summary>Medvirkning.</summary>
    Participation,

    /// <summary>Forslag til vedtak, the text the steering group answers to.</summary>
    Proposal,
}

/// <summary>
/// A plan unit's yearly plan: its goal, its tiltak and a budget per funding source (DOC-000:22). The draft may be changed;
/// what people decide on is a <see cref="HandlingsplanVersion"/>, which never changes.
/// </summary>
public sealed class Handlingsplan
{
    /// <summary>Characters in a text of several lines.</summary>
    public const int LongestText = 4_000;

    /// <summary>Characters in a text of one line.</summary>
    public const int LongestName = 120;

    /// <summary>Files that may go with a plan.</summary>
    public const int MostAttachments = 10;

    private readonly List<Tiltak> _tiltak = [];
    private readonly List<HandlingsplanVersion> _versions = [];

    private Handlingsplan() { }

    private Handlingsplan(HandlingsplanId id, PlanUnitId unit, GrantYear year) => (Id, PlanUnitId, Year) = (id, unit, year);

    public HandlingsplanId Id { get; private set; }

    public PlanUnitId PlanUnitId { get; private set; }

    public GrantYear Year { get; private set; }

    public string Goal { get; private set; } = "";

    public string Challenges { get; private set; } = "";

    public string Signals { get; private set; } = "";

    public string Participation { get; private set; } = "";

    public string Proposal { get; private set; } = "";

    /// <summary>Counts every saved change; a form posted over an older one is refused, so nobody's work is overwritten.</summary>
    public int Revision { get; private set; }

    public DateTimeOffset SavedAt { get; private set; }

    public PersonId? SavedBy { get; private set; }

    /// <summary>Everyone who has written in it or sent it on. They neither review it nor decide on it.</summary>
    public List<PersonId> Writers { get; private set; } = [];

    public DateTimeOffset? ApprovedAt { get; private set; }

    /// <summary>The version a competent body has approved.</summary>
    public int? ApprovedVersion { get; private set; }

    public IReadOnlyList<Tiltak> Tiltak => _tiltak;

    public IReadOnlyList<HandlingsplanVersion> Versions => _versions;

    /// <summary>The files that go with the plan now.</summary>
    public List<PlanAttachment> Attachments { get; private set; } = [];

    public HandlingsplanVersion? LatestVersion => _versions.OrderBy(v => v.Number).LastOrDefault();

    public static Handlingsplan Start(HandlingsplanId id, PlanUnitId unit, GrantYear year, DateTimeOffset at) => new(id, unit, year) { SavedAt = at };

    public string Section(PlanSection section) => section switch
    {
        PlanSection.Goal => Goal,
        PlanSection.Challenges => Challenges,
        PlanSection.Signals => Signals,
        PlanSection.Participation => Participation,
        PlanSection.Proposal => Proposal,
    };

    /// <summary>That the page a writer comes from is older than the plan: who saved it after is the writer in another window, or somebody else.</summary>
    public PlanRefusal ChangedMeanwhile(PersonId? by) => by is not null && by == SavedBy ? new PlanRefusal.ChangedByYourself(SavedAt) : new PlanRefusal.ChangedMeanwhile(SavedAt);

    /// <summary>Saves one text section of the draft. What already stands so is no change, however old the form: it was posted twice.</summary>
    /// <param name="revision">The <see cref="Revision"/> the writer saw.</param>
    public Refusal? WriteSection(PlanSection section, string text, int revision, PersonId by, DateTimeOffset at)
    {
        var written = Prose.Of(text);
        if (written == Section(section))
        {
            return null;
        }

        if (revision != Revision)
        {
            return ChangedMeanwhile(by);
        }

        if (Prose.Length(written) > LongestText)
        {
            return new PlanRefusal.TextTooLong("text", Prose.Length(written), LongestText);
        }

        switch (section)
        {
            case PlanSection.Goal: Goal = written; break;
            case PlanSection.Challenges: Challenges = written; break;
            case PlanSection.Signals: Signals = written; break;
            case PlanSection.Participation: Participation = written; break;
            case PlanSection.Proposal: Proposal = written; break;
        }

        Saved(by, at);
        return null;
    }

    /// <summary>Adds an empty tiltak, or one from a source document with its text kept.</summary>
    /// <exception cref="InvalidOperationException">The plan has the tiltak already: its money would count twice.</exception>
    public Tiltak Add(TiltakId id, string verbatim, PersonId? by, DateTimeOffset at)
    {
        if (_tiltak.Any(t => t.TiltakId == id))
        {
            throw new InvalidOperationException($"Handlingsplan {Id} has tiltak {id} already.");
        }

        var tiltak = new Tiltak(id, _tiltak.Count == 0 ? 1 : _tiltak.Max(t => t.Number) + 1, verbatim);
        _tiltak.Add(tiltak);
        Saved(by, at);
        return tiltak;
    }

    /// <summary>
    /// Begins where last year ended: the goal, and each tiltak that goes on, with the id it has for life and what was written of it, as the plan was
    /// approved; what was only being written when the year ended was nobody's decision. Of a plan that was never approved its draft is taken.
    /// Money, target, baseline and change are the new year's own.
    /// </summary>
    public void ContinueFrom(Handlingsplan lastYear, DateTimeOffset at)
    {
        var approved = lastYear.Versions.SingleOrDefault(version => version.Number == lastYear.ApprovedVersion)?.Read();
        Goal = approved?.Goal ?? lastYear.Goal;
        var drafts = lastYear.Tiltak.ToDictionary(tiltak => tiltak.TiltakId);
        foreach (var old in approved?.Tiltak ?? [.. lastYear.Tiltak.OrderBy(t => t.Number).Select(TiltakContent.Of)])
        {
            if (old.Status is TiltakStatus.Ending or TiltakStatus.Merged)
            {
                continue;
            }

            var draft = drafts.GetValueOrDefault(new TiltakId(old.Id));
            var text = new TiltakText(
                old.Name, old.Theme, old.SubTheme, old.Description, "", old.Responsible, old.Status, TiltakChange.Continued, old.Criteria, new Dictionary<FundingSourceId, Money>(), "", false);
            Add(new TiltakId(old.Id), draft?.Verbatim ?? "", null, at).Write(text, draft?.HasInventedDetails ?? old.HasInventedDetails);
        }
    }

    /// <summary>
    /// Saves what the coordinator wrote about a tiltak. A draft may be incomplete, but never wrong: without a name, too long, with a
    /// negative amount, or with more money than can be added up. What already stands so is no change: the form was posted twice.
    /// </summary>
    /// <param name="revision">The <see cref="Revision"/> the writer saw.</param>
    public Refusal? WriteTiltak(TiltakId id, TiltakText text, int revision, PersonId? by, DateTimeOffset at, bool isInvented = false)
    {
        var written = text.InOneForm();
        if (_tiltak.FirstOrDefault(t => t.TiltakId == id) is not { } tiltak)
        {
            return revision == Revision ? new PlanRefusal.NoSuchTiltak() : ChangedMeanwhile(by);
        }

        if (!isInvented && tiltak.Says(written))
        {
            return null;
        }

        if (revision != Revision)
        {
            return ChangedMeanwhile(by);
        }

        if (Wrong(written, tiltak) is { } refusal)
        {
            return refusal;
        }

        tiltak.Write(written, isInvented);
        Saved(by, at);
        return null;
    }

    /// <summary>Takes a tiltak out of the draft; versions already frozen keep it.</summary>
    public Refusal? Remove(TiltakId id, int revision, PersonId by, DateTimeOffset at)
    {
        if (revision != Revision)
        {
            return ChangedMeanwhile(by);
        }

        if (_tiltak.RemoveAll(t => t.TiltakId == id) == 0)
        {
            return new PlanRefusal.NoSuchTiltak();
        }

        _tiltak.ForEach(other => other.Lose(id));

        Saved(by, at);
        return null;
    }

    /// <summary>Notes that a tiltak ends by becoming part of another (D-17).</summary>
    /// <exception cref="InvalidOperationException">One of them is not in the plan, or they are the same.</exception>
    public void Merge(TiltakId ending, TiltakId into, PersonId? by, DateTimeOffset at)
    {
        if (ending == into || _tiltak.All(t => t.TiltakId != into))
        {
            throw new InvalidOperationException($"Tiltak {ending} cannot become part of {into}: that must be another tiltak of handlingsplan {Id}.");
        }

        _tiltak.Single(t => t.TiltakId == ending).MergeInto(into);
        Saved(by, at);
    }

    /// <summary>What is planned from a source, all tiltak together.</summary>
    public Money Planned(FundingSourceId source) => _tiltak.Aggregate(Money.Zero, (sum, tiltak) => sum + tiltak.From(source));

    /// <summary>Everything that must be put right before the plan can be decided; empty when it is ready.</summary>
    /// <param name="sources">The programme's sources of the year.</param>
    /// <param name="criteria">The programme's criteria.</param>
    public IReadOnlyList<PlanFault> Faults(IReadOnlyCollection<FundingSource> sources, IReadOnlyCollection<Criterion> criteria) =>
        PlanChecks.Of(this, sources, criteria);

    /// <summary>
    /// Makes the draft as it stands into a version people can review and decide on, unless it equals the latest.
    /// Every version carries the hash of its content, and a vote is bound to that hash.
    /// </summary>
    public Refusal? Freeze(VersionId id, PersonId by, DateTimeOffset at, IReadOnlyCollection<FundingSource> sources, IReadOnlyCollection<Criterion> criteria)
    {
        var faults = Faults(sources, criteria);
        if (faults.Count > 0)
        {
            return new PlanRefusal.NotReady(faults);
        }

        Wrote(by);
        var content = HandlingsplanContent.Of(this, sources, criteria);
        if (LatestVersion is { } latest && latest.Hash == content.Hash())
        {
            return null;
        }

        _versions.Add(new HandlingsplanVersion(id, _versions.Count + 1, content, by, at));
        return null;
    }

    /// <summary>A competent body has approved a version; the fact stays when later versions come.</summary>
    /// <exception cref="InvalidOperationException">There is no such version: nobody can have seen it.</exception>
    public void Approve(int version, DateTimeOffset at)
    {
        if (_versions.All(v => v.Number != version))
        {
            throw new InvalidOperationException($"Handlingsplan {Id} has no version {version} to approve.");
        }

        (ApprovedVersion, ApprovedAt) = (version, at);
    }

    /// <summary>
    /// An approved version stands again, after what was made of it since has come to nothing: it is the approved one, and the draft says what it
    /// says, so that nothing of what was refused goes on in it. A form that was open over the draft is refused.
    /// </summary>
    /// <param name="approvedAt">When it was approved.</param>
    /// <exception cref="InvalidOperationException">There is no such version.</exception>
    public void Restore(int version, DateTimeOffset approvedAt, DateTimeOffset at)
    {
        Approve(version, approvedAt);
        var frozen = _versions.Single(v => v.Number == version);
        var content = frozen.Read();
        (Goal, Challenges, Signals, Participation, Proposal) = (content.Goal, content.Challenges, content.Signals, content.Participation, content.Proposal);
        _tiltak.RemoveAll(tiltak => content.Tiltak.All(then => then.Id != tiltak.TiltakId.Value));
        foreach (var then in content.Tiltak)
        {
            var tiltak = _tiltak.FirstOrDefault(known => known.TiltakId.Value == then.Id);
            if (tiltak is null)
            {
                // What the source document said of it went with the tiltak; its description is in the version.
                tiltak = new Tiltak(new TiltakId(then.Id), then.Number, "");
                _tiltak.Add(tiltak);
            }

            tiltak.Restore(then);
        }

        var files = content.Attachments ?? [];
        Attachments = [.. files.Select(then => Attachments.Find(attached => attached.File == then) ?? new PlanAttachment(then, frozen.FrozenBy, frozen.FrozenAt))];
        Saved(null, at);
    }

    // Into one of the plan that lives on, or that is itself merged into one that does. Earlier versions let two be merged into each other.
    private bool MayMerge(Tiltak tiltak, TiltakId into)
    {
        var passed = new HashSet<Tiltak> { tiltak };
        var next = _tiltak.Find(other => other.TiltakId == into);
        while (next?.MergedInto is { } further && passed.Add(next))
        {
            next = _tiltak.Find(other => other.TiltakId == further);
        }

        return next is not null && !passed.Contains(next);
    }

    private PlanRefusal? Wrong(TiltakText text, Tiltak tiltak)
    {
        if (Prose.IsBlank(text.Name))
        {
            return new PlanRefusal.NameMissing();
        }

        if (LongText(text) is { } tooLong)
        {
            return tooLong;
        }

        if (text is { Status: TiltakStatus.Merged, MergedInto: { } into } && !MayMerge(tiltak, into))
        {
            return new PlanRefusal.NotToMergeInto();
        }

        if (text.Budget.Values.Any(amount => amount.IsNegative))
        {
            return new PlanRefusal.NegativeAmount();
        }

        // Judged for the whole plan, so that a sum over it can never turn around (B33).
        var others = _tiltak.Where(t => t != tiltak).SelectMany(t => t.Budget).Select(line => line.Amount);
        return Money.TrySum([.. others, .. text.Budget.Values], out _) ? null : new PlanRefusal.AmountTooLarge();
    }

    private static PlanRefusal.TextTooLong? LongText(TiltakText text)
    {
        (string Field, string Text, int Longest)[] parts =
        [
            ("navn", text.Name, LongestName),
            ("tema", text.Theme, LongestName),
            ("deltema", text.SubTheme, LongestName),
            ("besk", text.Description, LongestText),
            ("maal", text.Target, LongestText),
            ("utgangspunkt", text.Baseline, LongestText),
            ("ansv", text.Responsible, LongestName),
        ];
        return parts.Where(part => Prose.Length(part.Text) > part.Longest)
            .Select(part => new PlanRefusal.TextTooLong(part.Field, Prose.Length(part.Text), part.Longest))
            .FirstOrDefault();
    }

    /// <summary>Adds a file. The same file again changes nothing. It disturbs nobody's open form: only the next version shows it.</summary>
    public Refusal? Attach(AttachmentContent file, PersonId by, DateTimeOffset at)
    {
        if (Attachments.Any(known => known.File.Sha256 == file.Sha256))
        {
            return null;
        }

        if (Attachments.Any(known => string.Equals(known.File.Name, file.Name, StringComparison.OrdinalIgnoreCase)))
        {
            return new PlanRefusal.AttachmentNameTaken(file.Name);
        }

        if (Attachments.Count == MostAttachments)
        {
            return new PlanRefusal.TooManyAttachments(MostAttachments);
        }

        Attachments.Add(new PlanAttachment(file, by, at));
        Attached(by, at);
        return null;
    }

    /// <summary>Takes a file out of what is sent from now on; versions that show it keep it. One that is not there is no matter.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Detach(string sha256, PersonId by, DateTimeOffset at)
    {
        if (Attachments.RemoveAll(known => known.File.Sha256 == sha256) == 0)
        {
            return false;
        }

        Attached(by, at);
        return true;
    }

    private void Attached(PersonId by, DateTimeOffset at)
    {
        (SavedBy, SavedAt) = (by, at);
        Wrote(by);
    }

    private void Saved(PersonId? by, DateTimeOffset at)
    {
        Revision++;
        (SavedBy, SavedAt) = (by, at);
        Wrote(by);
    }

    private void Wrote(PersonId? by)
    {
        if (by is { } writer && !Writers.Contains(writer))
        {
            Writers.Add(writer);
        }
    }
}
