using Tilskudd.Runs;
using Tilskudd.Setup;

namespace Tilskudd.Verbs;

/// <summary>Finds the verb in a command line, reads its options by the verb's table, and runs it.</summary>
internal static class CommandLine
{
    /// <summary>Runs what the operator asked for, on this process's own streams.</summary>
    /// <returns>0 done, 1 refused with reasons on standard error, 64 wrong usage; a verb may have more of its own.</returns>
    public static async Task<int> Run(string[] args, Composition composition)
    {
        try
        {
            var terminal = Terminal.OfThisProcess();
            return InvariantMode.Leave() is { } stays ? terminal.Refuse(stays) : await Run(args, terminal, [.. VerbTable.All, .. composition.Verbs], composition);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Most often where the result was to be written: a disk that is full, or nothing at all.
            return Tell($"Resultatet kunne ikke skrives.{SystemReason.Of(failure)}");
        }
    }

    private static int Tell(string reason)
    {
        try
        {
            return Terminal.OfThisProcess().Refuse(reason);
        }
        catch (Exception nobody) when (nobody is IOException or UnauthorizedAccessException)
        {
            // Nobody can be told; the status says it.
            return ExitStatus.Refused;
        }
    }

    /// <summary>The same, with the streams and the verbs as arguments.</summary>
    internal static async Task<int> Run(IReadOnlyList<string> args, Terminal terminal, IReadOnlyList<Verb> verbs, Composition? composition = null)
    {
        var words = NamesItsVerb(args) ? args : [VerbTable.Default, .. args];
        if (IsHelp(words[0]))
        {
            return Explain(words.Skip(1).FirstOrDefault(), terminal, verbs);
        }

        var verb = verbs.FirstOrDefault(verb => verb.Name == words[0]);
        if (verb is null)
        {
            return terminal.RefuseUsage(null, Unknown(words[0], verbs));
        }

        var rest = words.Skip(1).ToList();
        if (rest.TakeWhile(word => word != "--").Any(word => word is "--help" or "-h" or "-?"))
        {
            VerbHelp.Write(verb, terminal.Out);
            return ExitStatus.Done;
        }

        var (given, faults) = Invocation.Read(verb, rest, composition ?? Composition.BuiltIn);
        if (given is null)
        {
            return terminal.RefuseUsage(verb, faults);
        }

        try
        {
            return await verb.Run(given, terminal);
        }
        catch (BadFlowsException bad)
        {
            return terminal.Refuse(bad.Faults.Select(fault => $"{fault.File}: {fault.Path}: {fault.Message}"));
        }
    }

    private static bool NamesItsVerb(IReadOnlyList<string> args) =>
        args.Count > 0 && (IsHelp(args[0]) || !args[0].StartsWith('-'));

    private static bool IsHelp(string word) => word is "--help" or "-h" or "-?" or "help";

    private static int Explain(string? name, Terminal terminal, IReadOnlyList<Verb> verbs)
    {
        if (name is null)
        {
            VerbHelp.Write(verbs, terminal.Out);
            return ExitStatus.Done;
        }

        var verb = verbs.FirstOrDefault(verb => verb.Name == name);
        if (verb is null)
        {
            return terminal.RefuseUsage(null, Unknown(name, verbs));
        }

        VerbHelp.Write(verb, terminal.Out);
        return ExitStatus.Done;
    }

    private static string Unknown(string name, IReadOnlyList<Verb> verbs) =>
        $"Ukjent verb «{name}».{Nearest.Question(name, verbs.Select(verb => verb.Name))}";
}
