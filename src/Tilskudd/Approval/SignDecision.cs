using Tilskudd.Trail;

namespace Tilskudd.Approval;

/// <summary>Signs the trail as soon as a decision has fallen, after it is committed.</summary>
internal sealed partial class SignDecision(Checkpoints checkpoints, ILogger<SignDecision> log)
{
    public async Task Now()
    {
        try
        {
            await checkpoints.Write(CancellationToken.None);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            // The decision is made and kept. The hourly signing tries again, and fails aloud if the trail is not what it was.
            LogUnsigned(failure);
        }
    }

    [LoggerMessage(LogLevel.Error, "A decision has fallen, and the trail could not be signed")]
    private partial void LogUnsigned(Exception failure);
}
