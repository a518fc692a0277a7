using Tilskudd.Year.Sources;

namespace Tilskudd.Tests.Year.Sources;

public sealed class RealWorldTests
{
    [Fact]
    public void The_built_in_sources_have_no_fault()
    {
        var reading = RealWorld.Read();

        Assert.Equal([], reading is RealWorldReading.Faulty faulty ? faulty.Faults : []);
    }
}
