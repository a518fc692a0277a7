using System.Collections;
using System.Runtime.InteropServices;

namespace Tilskudd.Setup;

/// <summary>
/// In its invariant mode, which small images turn on, the runtime knows no Norwegian month and no normal form of a letter: a text would have another hash
/// than on the next machine. The program then starts itself over without it, so that its results are the same everywhere.
/// </summary>
internal static class InvariantMode
{
    private const string Variable = "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT";

    /// <summary>Starts the process over, as the same process, where the mode is on.</summary>
    /// <returns>Null where it is off; else why it could not be left, in Norwegian.</returns>
    public static string? Leave()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } set || set is "0" || set.Equals("false", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (OperatingSystem.IsLinux() && HasUnicode && Environment.ProcessPath is { } program)
        {
            // Each word ends with a nought, an empty one too.
            var words = File.ReadAllText("/proc/self/cmdline")[..^1].Split('\0');
            var variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Where(variable => (string)variable.Key != Variable).Select(variable => $"{variable.Key}={variable.Value}");

            // Comes back only when it fails.
            _ = Execute(program, [.. words, null], [.. variables, null]);
        }

        return $"{Variable} er slått på, og da mangler norske navn på dager og måneder. Ta bort variabelen, installer ICU (libicu) om det mangler, og start på nytt.";
    }

    // Without the library the runtime would give itself up at the start, and say nothing anyone understands.
    private static bool HasUnicode => Enumerable.Range(50, 60).Any(version => NativeLibrary.TryLoad($"libicuuc.so.{version}", out _));

    [DllImport("libc", EntryPoint = "execve", ExactSpelling = true, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Execute(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string program,
        [MarshalAs(UnmanagedType.LPArray, ArraySubType = UnmanagedType.LPStr)] string?[] words,
        [MarshalAs(UnmanagedType.LPArray, ArraySubType = UnmanagedType.LPStr)] string?[] variables);
}
