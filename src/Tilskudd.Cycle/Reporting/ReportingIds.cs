namespace Tilskudd.Cycle.Reporting;

public readonly record struct RapportId(Guid Value) : IId<RapportId>
{
    public static RapportId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct EvaluationId(Guid Value) : IId<EvaluationId>
{
    public static EvaluationId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
