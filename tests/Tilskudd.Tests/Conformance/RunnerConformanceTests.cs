using Tilskudd.Workflows;
using Tilskudd.Workflows.Runs;

namespace Tilskudd.Tests.Conformance;

/// <summary>The built-in engine.</summary>
public sealed class RunnerConformanceTests : EngineConformance
{
    protected override IEngine Engine { get; } = new Runner();
}
