namespace Tilskudd.Cycle.Approval;

public readonly record struct RoundId(Guid Value) : IId<RoundId>
{
    public static RoundId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct RoundAnswerId(Guid Value) : IId<RoundAnswerId>
{
    public static RoundAnswerId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct DecisionId(Guid Value) : IId<DecisionId>
{
    public static DecisionId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
