using Tilskudd.Cycle.Steps;
using Tilskudd.Elsa.Engine;
using Tilskudd.Tests.Conformance;
using Tilskudd.Workflows;

namespace Tilskudd.Elsa.Tests.Engine;

/// <summary>Elsa as a function.</summary>
public sealed class ElsaConformanceTests(ElsaConformanceTests.Shared shared) : EngineConformance, IClassFixture<ElsaConformanceTests.Shared>
{
    protected override IEngine Engine => shared.Engine;

    /// <summary>One engine for all: it keeps nothing of a run, and a second run of a definition finds its graph made.</summary>
    public sealed class Shared : IDisposable
    {
        internal ElsaEngine Engine { get; } = new(CycleSteps.Catalogue, TimeProvider.System);

        public void Dispose() => Engine.Dispose();
    }
}
