namespace Tilskudd.Cycle.Planning;

public readonly record struct HandlingsplanId(Guid Value) : IId<HandlingsplanId>
{
    public static HandlingsplanId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct TiltakId(Guid Value) : IId<TiltakId>
{
    public static TiltakId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct VersionId(Guid Value) : IId<VersionId>
{
    public static VersionId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
