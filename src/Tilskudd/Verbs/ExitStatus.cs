namespace Tilskudd.Verbs;

/// <summary>What every verb tells the shell when it ends; a verb that means more by its status names that in its own file.</summary>
internal static class ExitStatus
{
    public const int Done = 0;

    /// <summary>Refused, with reasons on standard error.</summary>
    public const int Refused = 1;

    /// <summary>The command line itself was wrong (EX_USAGE).</summary>
    public const int WrongUsage = 64;
}
