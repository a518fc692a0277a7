using System.Runtime.InteropServices;
using Tilskudd.Trail;

namespace Tilskudd.Setup;

/// <summary>Looks at the files and folders the settings name, and says which of them cannot be used. Writes nothing.</summary>
internal static class PlacesCheck
{
    private const int ReadWriteAndEnter = 7;
    private const string KeyName = "Trail:KeyFile";

    /// <summary>Every place that cannot be used, with the setting that names it and the remedy.</summary>
    public static IReadOnlyList<SettingFault> Faults(Settings settings)
    {
        if (Folder("Data:Folder", settings.DataFolder) is { } data)
        {
            return [data];
        }

        var (mail, checkpoints) = (settings.Mail, Folder("Trail:CheckpointFolder", settings.Trail.CheckpointFolder));
        return [.. new[]
        {
            Key(settings.Trail, checkpoints is null),
            checkpoints,
            mail.Kind == MailKind.Folder ? Folder("Mail:Folder", mail.Folder) : null,
            mail.Inbound.Server is null && Path.Exists(mail.Inbound.Folder) ? Folder("Mail:Inbound", mail.Inbound.Folder) : null,
        }.OfType<SettingFault>()];
    }

    /// <summary>A folder where the key's file should be, and a file where the folder of checkpoints should.</summary>
    public static IEnumerable<SettingFault> Mistaken(TrailSettings trail) =>
        new[] { KeyIsFolder(trail), File.Exists(trail.CheckpointFolder) ? Folder("Trail:CheckpointFolder", trail.CheckpointFolder) : null }.OfType<SettingFault>();

    // A folder that is not there is made where the nearest one above it can be written.
    private static SettingFault? Folder(string key, string folder)
    {
        var above = Path.GetFullPath(folder);
        while (!Path.Exists(above) && Path.GetDirectoryName(above) is { } next)
        {
            above = next;
        }

        return !Directory.Exists(above) ? new(key, $"{key} «{folder}» kan ikke brukes: «{above}» er en fil. Oppgi en mappe.")
            : !IsWritable(above) ? new(key, $"{key} «{folder}» kan ikke skrives. Gi den som kjører programmet, lese- og skrivetilgang til «{above}», eller oppgi en annen mappe.")
            : null;
    }

    private static SettingFault? Key(TrailSettings trail, bool canBeLookedFor)
    {
        if (KeyIsFolder(trail) is { } folder)
        {
            return folder;
        }

        try
        {
            using var key = File.Exists(trail.KeyFile) ? TrailKey.Parse(File.ReadAllText(trail.KeyFile)) : null;
            return key?.CanSign == true ? null
                : key is not null ? new(KeyName, $"{KeyName} «{trail.KeyFile}» er bare den offentlige halvdelen av nøkkelen, som ikke kan signere. Hent den private fram igjen.")
                : File.Exists(trail.KeyFile) ? new(KeyName, $"{KeyName} «{trail.KeyFile}» er ikke en ECDSA-nøkkel (P-256) i PEM-form. Hent den rette fram igjen.")
                : canBeLookedFor && TrailKey.IsGone(trail) ? new(KeyName, TrailKey.Gone(trail))
                : Folder(KeyName, Path.GetDirectoryName(Path.GetFullPath(trail.KeyFile))!);
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return new(KeyName, $"{KeyName} «{trail.KeyFile}» kan ikke leses. Gi den som kjører programmet, lesetilgang til filen.");
        }
    }

    private static SettingFault? KeyIsFolder(TrailSettings trail) => Directory.Exists(trail.KeyFile) ? new(KeyName, $"{KeyName} «{trail.KeyFile}» er en mappe. Oppgi en fil.") : null;

    // The runtime tells of rights only when something is written.
    private static bool IsWritable(string folder) => OperatingSystem.IsWindows() || Access(folder, ReadWriteAndEnter) == 0;

    [DllImport("libc", EntryPoint = "access", ExactSpelling = true, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Access([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int mode);
}
