namespace Tilskudd.Verbs;

/// <summary>Every verb of the program, in the order the help shows them: one file and one line each.</summary>
internal static class VerbTable
{
    /// <summary>The verb that runs when none is named.</summary>
    public const string Default = "serve";

    public static IReadOnlyList<Verb> All { get; } =
    [
        Serve.Verb,
        DemoVerb.Verb,
        Simulate.Verb,
        CountVerb.Verb,
        DeadlineVerb.Verb,
        ImportVerb.Verb,
        Check.Verb,
        Migrate.Verb,
        Backup.Verb,
        Restore.Verb,
        Release.Verb,
        Verify.Verb,
        Export.Verb,
    ];
}
