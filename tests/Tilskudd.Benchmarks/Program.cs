using System.Globalization;
using Tilskudd;
using Tilskudd.Benchmarks;

var isQuick = args.Contains("--quick");
var only = Enum.GetValues<DatabaseProvider>().Where(kind => args.Contains($"--only-{kind}", StringComparer.OrdinalIgnoreCase)).ToList();
var most = args.Where(arg => arg.StartsWith("--up-to=", StringComparison.Ordinal)).Select(arg => int.Parse(arg["--up-to=".Length..], CultureInfo.InvariantCulture)).DefaultIfEmpty(isQuick ? 100 : 10_000).First();
var verbs = args.Where(arg => !arg.StartsWith("--", StringComparison.Ordinal)).ToList();
Dictionary<string, Func<Task>> all = new()
{
    ["moves"] = () => Moves.Run(isQuick),
    ["cycles"] = () => Cycles.Run([.. new[] { 100, 1_000, 10_000 }.Where(units => units <= most)]),
    ["click"] = () => isQuick ? Clicks.Run(rounds: 3, each: 4) : Clicks.Run(rounds: 9, each: 16),
    ["sweep"] = () => isQuick ? ReminderSweeps.Run(1_000, rounds: 3) : ReminderSweeps.Run(10_000, rounds: 9),
    ["mails"] = () => isQuick ? Mails.Run([(200, 0, true)], rounds: 1) : Mails.Run([(500, 0, true), (500, 50, true), (2_500, 50, false)], rounds: 3),
    ["pages"] = () => isQuick ? Pages.Run([(1, 1), (14, 1), (357, 1)], rounds: 3, each: 3) : Pages.Run([(1, 1), (14, 1), (357, 1), (357, 15)], rounds: 9, each: 5),
};
if (verbs is not [var verb] || (verb != "all" && !all.ContainsKey(verb)))
{
    Console.Error.WriteLine($"Usage: {string.Join(" | ", all.Keys)} | all, with --quick for a first look, --only-sqlite or --only-postgres, and --up-to=1000 for how many units of cycles.");
    return 64;
}

if (Ground.Choose(only) is { } missing)
{
    Console.WriteLine(missing);
}

foreach (var (_, run) in all.Where(one => verb == "all" || verb == one.Key))
{
    await run();
}

return 0;
