using Tilskudd.Cycle.Planning;
using Tilskudd.Storage;

namespace Tilskudd.Planning;

/// <summary>The bytes of an attachment, kept once for each plan, as long as its draft or a version that was sent shows it.</summary>
internal sealed class StoredFile
{
    private StoredFile() { }

    public StoredFile(HandlingsplanId plan, string sha256, byte[] bytes, DateTimeOffset at) => (PlanId, Sha256, Bytes, At) = (plan, sha256, bytes, at);

    public HandlingsplanId PlanId { get; private set; }

    /// <summary>SHA-256 of the bytes, in lower-case hex.</summary>
    public string Sha256 { get; private set; } = "";

    public byte[] Bytes { get; private set; } = [];

    public DateTimeOffset At { get; private set; }

    /// <summary>The file with this hash, whichever plan has it: the bytes are the same.</summary>
    public static IQueryable<StoredFile> Of(TilskuddDb db, string sha256) => db.Set<StoredFile>().Where(file => file.Sha256 == sha256).OrderBy(file => file.PlanId).Take(1);
}
