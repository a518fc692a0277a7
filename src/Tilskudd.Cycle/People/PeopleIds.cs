namespace Tilskudd.Cycle.People;

public readonly record struct PersonId(Guid Value) : IId<PersonId>
{
    public static PersonId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct BodyId(Guid Value) : IId<BodyId>
{
    public static BodyId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct SeatId(Guid Value) : IId<SeatId>
{
    public static SeatId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct RoleId(Guid Value) : IId<RoleId>
{
    public static RoleId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct SubstituteId(Guid Value) : IId<SubstituteId>
{
    public static SubstituteId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
