namespace Tilskudd.SignIn;

/// <summary>The words of signing in; the texts stand in the .resx files of this name.</summary>
internal sealed class SignInWords;
