using NodaTime;

namespace Tilskudd.Cycle.Year;

/// <summary>A municipality with an agreement; the party that receives the grant and answers for it.</summary>
public sealed class Municipality : ILasting
{
    private Municipality() { }

    public Municipality(MunicipalityId id, string name, string language) => (Id, Name, Language) = (id, name, language);

    public MunicipalityId Id { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>The written form the municipality has chosen (<c>nb</c>, <c>nn</c>); a person's own choice goes before it.</summary>
    public string Language { get; private set; } = "nb";

    /// <summary>Last day it makes new programmes; null while it lasts.</summary>
    public LocalDate? ToOn { get; private set; }

    public void Change(string name, string language) => (Name, Language) = (name, language);

    public void End(LocalDate? lastDay) => ToOn = lastDay;
}

/// <summary>One områdesatsing: an agreement between the state and a municipality for a limited period (DOC-000:14).</summary>
public sealed class Programme
{
    private Programme() { }

    public Programme(ProgrammeId id, MunicipalityId municipality, string slug, string name, int? fromYear, int? toYear, string goal)
    {
        (Id, MunicipalityId, Slug) = (id, municipality, slug);
        Change(name, fromYear, toYear, goal);
    }

    public ProgrammeId Id { get; private set; }

    public MunicipalityId MunicipalityId { get; private set; }

    public string Slug { get; private set; } = "";

    public string Name { get; private set; } = "";

    /// <summary>First year of the agreement; null where no source states it (D-05).</summary>
    public int? FromYear { get; private set; }

    /// <summary>Last year of the agreement; null where no source states it (D-05).</summary>
    public int? ToYear { get; private set; }

    public string Goal { get; private set; } = "";

    /// <exception cref="ArgumentException">The agreement ends before it begins; the form is checked first.</exception>
    public void Change(string name, int? fromYear, int? toYear, string goal)
    {
        if (fromYear > toYear)
        {
            throw new ArgumentException($"The agreement of '{Slug}' ends in {toYear}, before it begins in {fromYear}.", nameof(toYear));
        }

        (Name, FromYear, ToYear, Goal) = (name, fromYear, toYear, goal);
    }

    /// <summary>The year the programme is to be evaluated, with a report at its end; null where none is planned.</summary>
    public int? EvaluationYear { get; private set; }

    /// <summary>What the documents it was read from say in two ways or leave out, for whoever uses the figures (D-22, D-27, D-36).</summary>
    public List<string> Remarks { get; private set; } = [];

    public void Remark(IEnumerable<string> remarks) => Remarks = [.. remarks];

    public void PlanEvaluation(GrantYear year) => EvaluationYear = year.Number;

    /// <summary>Whether the agreement covers the year; no cycle starts after its period.</summary>
    public bool Covers(GrantYear year) => (FromYear is null || year.Number >= FromYear) && (ToYear is null || year.Number <= ToYear);

    /// <summary>The last year in which an evaluation with its report in a year is begun: that year, and for the last of the agreement, which looks back on all of it, the year after.</summary>
    public int LastToEvaluate(GrantYear year) => year.Number == ToYear ? year.Number + 1 : year.Number;
}

public enum PlanUnitKind
{
    Programme,
    Area,
    Delprogram,
    Bydel,

    /// <summary>Makes no plan: it sends those of the programme's other units together, and answers for the letters and the reports.</summary>
    Gathering,
}

/// <summary>How far the work in a unit has come (D-24).</summary>
public enum UnitPhase
{
    Full,

    /// <summary>What is to be done is looked into first (forprosjekt).</summary>
    Preliminary,
}

/// <summary>The unit that makes its own yearly plan: the whole programme, an area, a delprogram or a bydel. Beside them there may be one that gathers their plans.</summary>
public sealed class PlanUnit : ILasting
{
    private PlanUnit() { }

    public PlanUnit(PlanUnitId id, ProgrammeId programme, string slug, string name, PlanUnitKind kind, PlanUnitId? parent) =>
        (Id, ProgrammeId, Slug, Name, Kind, ParentId) = (id, programme, slug, name, kind, parent);

    public PlanUnitId Id { get; private set; }

    public ProgrammeId ProgrammeId { get; private set; }

    public string Slug { get; private set; } = "";

    public string Name { get; private set; } = "";

    public PlanUnitKind Kind { get; private set; }

    public PlanUnitId? ParentId { get; private set; }

    /// <summary>Last day of the unit; null while it lasts.</summary>
    public LocalDate? ToOn { get; private set; }

    /// <summary>First year of its own part of the agreement; null where no source states it (D-23).</summary>
    public int? FromYear { get; private set; }

    /// <summary>Last year of its own part of the agreement; null where no source states it (D-23).</summary>
    public int? ToYear { get; private set; }

    public UnitPhase Phase { get; private set; }

    /// <summary>The areas that became this one; empty where it has always been one (D-25).</summary>
    public List<string> MergedFrom { get; private set; } = [];

    /// <summary>The year they became one.</summary>
    public int? MergedIn { get; private set; }

    /// <summary>What the documents it was read from say in two ways or leave out: its period, its phase, what its goals are from (D-23 to D-26).</summary>
    public List<string> Remarks { get; private set; } = [];

    public void Remark(IEnumerable<string> remarks) => Remarks = [.. remarks];

    public void Change(string name, PlanUnitKind kind) => (Name, Kind) = (name, kind);

    /// <exception cref="ArgumentException">It ends before it begins; the form is checked first.</exception>
    public void Lasts(int? fromYear, int? toYear, UnitPhase phase)
    {
        if (fromYear > toYear)
        {
            throw new ArgumentException($"'{Slug}' ends in {toYear}, before it begins in {fromYear}.", nameof(toYear));
        }

        (FromYear, ToYear, Phase) = (fromYear, toYear, phase);
    }

    /// <summary>Remembers that it was several areas before.</summary>
    public void Merge(IEnumerable<string> areas, int year) => (MergedFrom, MergedIn) = ([.. areas], year);

    public void End(LocalDate? lastDay) => ToOn = lastDay;

    /// <summary>Whether the unit makes a plan for the year: one whose part of the agreement covers it and that ends in it or later does, but for the one that gathers the plans.</summary>
    public bool Makes(GrantYear year) => Kind != PlanUnitKind.Gathering && (ToOn is null || ToOn.Value.Year >= year.Number) && Covers(year);

    /// <summary>Whether its own part of the agreement covers the year.</summary>
    public bool Covers(GrantYear year) => (FromYear is null || year.Number >= FromYear) && (ToYear is null || year.Number <= ToYear);
}

/// <summary>A criterion in a programme's own wording, tied to canonical keys K1–K9 (D-13: the municipalities' lists differ); none for a grantor's own condition.</summary>
public sealed class Criterion
{
    private Criterion() { }

    public Criterion(string id, ProgrammeId programme, int number, string text, IEnumerable<string> keys, string sourceCode = "") =>
        (Id, ProgrammeId, Number, Text, Keys, SourceCode) = (id, programme, number, text, [.. keys], sourceCode);

    /// <summary>The wording's id in its list, for example <c>DRM-1</c>.</summary>
    public string Id { get; private set; } = "";

    public ProgrammeId ProgrammeId { get; private set; }

    public int Number { get; private set; }

    public string Text { get; private set; } = "";

    public List<string> Keys { get; private set; } = [];

    /// <summary>The code of the source whose money it is a condition for, in every year; empty where it holds for money from anywhere.</summary>
    public string SourceCode { get; private set; } = "";

    /// <summary>The last year whose plans it holds for; null while it lasts. What is approved by it stands.</summary>
    public int? ToYear { get; private set; }

    /// <param name="keys">The common criteria the wording stands for.</param>
    /// <param name="sourceCode">Whose money it is a condition for; empty for any.</param>
    public void Change(string text, IEnumerable<string> keys, string sourceCode) => (Text, Keys, SourceCode) = (text, [.. keys], sourceCode);

    /// <summary>It holds for no plan after a year; with null it goes on.</summary>
    public void End(int? lastYear) => ToYear = lastYear;

    /// <summary>Its place in the programme's list, from 1.</summary>
    public void Stand(int number) => Number = number;
}
