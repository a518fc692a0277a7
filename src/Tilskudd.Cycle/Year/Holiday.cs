namespace Tilskudd.Cycle.Year;

/// <summary>
/// A day that Norwegian law counts as a holiday or equal to one (domstolloven § 149 with helligdagsfredloven § 2 and the law of
/// 26 April 1947 on 1 and 17 May). Sundays are days off without being named here; 24 and 31 December are ordinary working days.
/// </summary>
public enum Holiday
{
    NewYearsDay,
    MaundyThursday,
    GoodFriday,
    EasterSunday,
    EasterMonday,
    LabourDay,
    ConstitutionDay,
    AscensionDay,
    WhitSunday,
    WhitMonday,
    ChristmasDay,
    SecondDayOfChristmas,
}
