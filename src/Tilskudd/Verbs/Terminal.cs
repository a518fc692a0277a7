using System.Text;

namespace Tilskudd.Verbs;

/// <summary>Where a verb writes: results on <paramref name="Out"/>, reasons and progress on <paramref name="Error"/>.</summary>
/// <param name="Out">Results alone, so that a script can read them.</param>
/// <param name="Error">Reasons and progress, for a person.</param>
/// <param name="IsInteractive">True where <paramref name="Error"/> is a terminal, which can draw a bar.</param>
internal sealed record Terminal(TextWriter Out, TextWriter Error, bool IsInteractive)
{
    /// <summary>The streams of this process, always in UTF-8: JSON and mails must not depend on the machine's locale.</summary>
    public static Terminal OfThisProcess()
    {
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return new Terminal(Console.Out, Console.Error, !Console.IsErrorRedirected);
    }

    /// <summary>Says why a request is refused, one reason a line.</summary>
    /// <returns><see cref="ExitStatus.Refused"/>.</returns>
    public int Refuse(params IEnumerable<string> reasons)
    {
        Write(reasons);
        return ExitStatus.Refused;
    }

    /// <summary>Says what is wrong with the command line, and where its form is explained.</summary>
    /// <param name="verb">The verb that was asked for, or null where none was understood.</param>
    /// <param name="faults">One sentence for each fault.</param>
    /// <returns><see cref="ExitStatus.WrongUsage"/>.</returns>
    public int RefuseUsage(Verb? verb, params IEnumerable<string> faults)
    {
        Write(faults);
        Error.WriteLine(verb is null ? "Se «tilskudd --help»." : $"Se «tilskudd {verb.Name} --help».");
        return ExitStatus.WrongUsage;
    }

    private void Write(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            Error.WriteLine(line);
        }
    }
}
