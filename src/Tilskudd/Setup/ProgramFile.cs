namespace Tilskudd.Setup;

/// <summary>A program a setting names, looked for where the system does when it is started.</summary>
internal static class ProgramFile
{
    private const UnixFileMode Runs = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Whether there is a program by a path, or by a bare name beside this one, in the current folder or in one of those of PATH.</summary>
    public static bool IsThere(string name) => Places(name).Any(CanRun);

    private static IEnumerable<string> Places(string name)
    {
        if (Path.IsPathRooted(name))
        {
            return Named(name);
        }

        var near = new[] { Path.GetDirectoryName(Environment.ProcessPath), Directory.GetCurrentDirectory() };
        var folders = Path.GetFileName(name) == name ? near.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)) : near;
        return folders.OfType<string>().SelectMany(folder => Named(Path.Combine(folder, name)));
    }

    // Windows adds the ending itself.
    private static IEnumerable<string> Named(string path) => OperatingSystem.IsWindows() && !Path.HasExtension(path) ? [path, path + ".exe"] : [path];

    private static bool CanRun(string path) => File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & Runs) != 0);
}
