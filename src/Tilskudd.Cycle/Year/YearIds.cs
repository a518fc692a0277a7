namespace Tilskudd.Cycle.Year;

public readonly record struct MunicipalityId(Guid Value) : IId<MunicipalityId>
{
    public static MunicipalityId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct ProgrammeId(Guid Value) : IId<ProgrammeId>
{
    public static ProgrammeId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct PlanUnitId(Guid Value) : IId<PlanUnitId>
{
    public static PlanUnitId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct GrantorId(Guid Value) : IId<GrantorId>
{
    public static GrantorId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct FundingSourceId(Guid Value) : IId<FundingSourceId>
{
    public static FundingSourceId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct OfficeClosedDayId(Guid Value) : IId<OfficeClosedDayId>
{
    public static OfficeClosedDayId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct DeadlineId(Guid Value) : IId<DeadlineId>
{
    public static DeadlineId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();

    /// <summary>Made later: ids are in the order of time.</summary>
    public static bool operator >(DeadlineId left, DeadlineId right) => left.Value.CompareTo(right.Value) > 0;

    public static bool operator <(DeadlineId left, DeadlineId right) => left.Value.CompareTo(right.Value) < 0;
}
