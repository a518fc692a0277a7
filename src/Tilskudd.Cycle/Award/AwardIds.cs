namespace Tilskudd.Cycle.Award;

public readonly record struct GrantId(Guid Value) : IId<GrantId>
{
    public static GrantId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct SubmissionId(Guid Value) : IId<SubmissionId>
{
    public static SubmissionId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct TilskuddsbrevId(Guid Value) : IId<TilskuddsbrevId>
{
    public static TilskuddsbrevId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct PlanChangeId(Guid Value) : IId<PlanChangeId>
{
    public static PlanChangeId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
