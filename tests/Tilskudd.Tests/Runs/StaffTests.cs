using NodaTime;
using Tilskudd.Cycle.People;
using Tilskudd.Cycle.Year;
using Tilskudd.Layout;
using Tilskudd.Runs;
using Tilskudd.SignIn;
using Tilskudd.Tests.Cycle;

namespace Tilskudd.Tests.Runs;

public sealed class StaffTests
{
    private static readonly ProgrammeId _programme = new(Sample.Number(601));

    [Theory]
    [InlineData(Role.Coordinator)]
    [InlineData(Role.ProgrammeLeader)]
    public void Who_has_one_unit_presses_nobody_in_another(Role role)
    {
        var (whole, one) = (Holding(role, null), Holding(role, Sample.Unit));

        Assert.True(Staff.MayRemind(whole, _programme, Sample.Unit));
        Assert.True(Staff.MayRemind(whole, _programme, Sample.OtherUnit));
        Assert.True(Staff.MayRemind(one, _programme, Sample.Unit));
        Assert.False(Staff.MayRemind(one, _programme, Sample.OtherUnit));
        Assert.False(Staff.MayRemind(whole, new ProgrammeId(Sample.Number(602)), Sample.Unit));
    }

    private static SignedIn Holding(Role role, PlanUnitId? unit) => new(
        Sample.Kari, "Kari Nordby", Language.Nb, [new RoleAssignment(new RoleId(Sample.Number(603)), Sample.Kari, role, _programme, unit, null, new LocalDate(2024, 1, 1), null)], IsElectronic: false);
}
