using System.Net.Sockets;
using Tilskudd.Setup;

namespace Tilskudd.Tests.Setup;

public sealed class SystemReasonTests
{
    public static TheoryData<Exception, string> Known => new()
    {
        { new UnauthorizedAccessException("Access to the path is denied."), " Tilgangen er nektet." },
        { new DirectoryNotFoundException("Could not find a part of the path."), " Den, eller en mappe over den, finnes ikke." },
        { new IOException("No space left on device", 28), " Det er ikke plass på disken." },
        { new IOException("Failed to bind", new SocketException((int)SocketError.AddressAlreadyInUse)), " Porten er opptatt." },
        { new InvalidOperationException("x", new SocketException((int)SocketError.HostNotFound)), " Navnet er ukjent." },
        { new TimeoutException("The operation has timed out."), " Det kom ikke noe svar." },
        { new ToldFault("Serveren la på."), " Serveren la på." },
        { new IOException("Something else entirely"), "" },
        { new InvalidOperationException("Unable to configure HTTPS endpoint."), "" },
    };

    [Theory]
    [MemberData(nameof(Known))]
    public void Why_the_system_did_not_do_it_is_said_in_norwegian_or_not_at_all(Exception failure, string told) => Assert.Equal(told, SystemReason.Of(failure));

    [Fact]
    public void What_the_system_says_of_a_folder_that_is_not_there_and_of_a_port_in_use_is_known()
    {
        var missing = Assert.ThrowsAny<IOException>(() => File.ReadAllText("/finnes/ikke/her"));
        using var first = new TcpListener(System.Net.IPAddress.Loopback, 0);
        first.Start();
        using var second = new TcpListener(System.Net.IPAddress.Loopback, ((System.Net.IPEndPoint)first.LocalEndpoint).Port);
        var taken = Assert.Throws<SocketException>(second.Start);

        Assert.Equal((" Den, eller en mappe over den, finnes ikke.", " Porten er opptatt."), (SystemReason.Of(missing), SystemReason.Of(taken)));
    }
}
