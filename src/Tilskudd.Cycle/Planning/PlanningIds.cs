namespace Tilskudd.Cycle.Planning;

public readonly record struct HandlingsplanId(Guid Value) : IId<HandlingsplanId>
{
    public static HandlingsplanId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();

    /// <summary>Made later: ids are in the order of time.</summary>
    public static bool operator >(HandlingsplanId left, HandlingsplanId right) => left.Value.CompareTo(right.Value) > 0;

    public static bool operator <(HandlingsplanId left, HandlingsplanId right) => left.Value.CompareTo(right.Value) < 0;
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
