using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Tilskudd.Cycle.Steps;
using Tilskudd.Workflows;
using Tilskudd.Workflows.Definitions;
using Tilskudd.Workflows.Runs;

namespace Tilskudd.Benchmarks;

/// <summary>
/// The built-in engine alone, in memory: a run of the plan's flow from its start to its close, the state written down and read again between two
/// moves, as the database would keep it.
/// </summary>
[MemoryDiagnoser]
public class Moves
{
    /// <summary>The start, and the outcome of each step after it: the shortest way to an approved plan.</summary>
    private static readonly string[] Outcomes = ["Done", "Done", "Accepted", "No", "Approved", "Done"];

    private const int Count = 7;

    private static readonly DateTimeOffset Now = new(2024, 11, 20, 8, 0, 0, TimeSpan.Zero);
    private readonly Runner _engine = new();
    private Definition _plan = null!;

    [GlobalSetup]
    public void Read()
    {
        var flows = DefinitionFolder.Read(Path.Combine(AppContext.BaseDirectory, "workflows"), CycleSteps.Catalogue).Value!;
        _plan = flows.Newest.Single(flow => flow.Id == "handlingsplan");
        Ground.Demand(Outcomes.Length + 1 == Count && Move().Position.IsClosed, "The way to an approved plan is another than it was.");
    }

    /// <summary>One move; the run's are counted by BenchmarkDotNet.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public Move Move()
    {
        var move = _engine.Move(_plan, null, null, Now);
        foreach (var outcome in Outcomes)
        {
            move = _engine.Move(_plan, move.State, new Answer(move.Position.Visit, outcome), Now);
        }

        return move;
    }

    internal static Task Run(bool isQuick)
    {
        // In this process: a project of BenchmarkDotNet's own would have neither the central packages nor the flows.
        var job = (isQuick ? Job.ShortRun : Job.Default).WithToolchain(InProcessEmitToolchain.Instance);
        var summary = BenchmarkRunner.Run<Moves>(ManualConfig.CreateEmpty()
            .AddJob(job).AddColumnProvider(DefaultColumnProviders.Instance).AddLogger(NullLogger.Instance).AddExporter(DefaultExporters.Plain)
            .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "tilskudd-bench-moves")));
        var report = summary.Reports.Single();
        Ground.Demand(report.Success, "The moves could not be measured.");
        var nanoseconds = report.ResultStatistics!;
        var table = new Table("Moves/s, median", "Least–most", "Bytes a move");
        table.Add(Rate(nanoseconds.Median), $"{Rate(nanoseconds.Max)}–{Rate(nanoseconds.Min)}", $"{report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase):#,0}");
        table.Print("Moves of the built-in engine in memory, one thread");
        return Task.CompletedTask;

        static string Rate(double each) => Spread.Write(1_000_000_000 / each);
    }
}
