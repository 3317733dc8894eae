/**
 * Passwords of twelve and more letters that stand in every list of stolen ones, in lower case. Shorter ones are refused
 * for their length. With digits or signs behind them they are no better, so those are not repeated here.
 */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(
  `
  abc123456789 abcd12345678 abcdefg12345 administrator adminadminadmin america123456 asdfasdfasdf asdfghjkl123
  asdfghjklqwertyuiop azertyuiop123 basketball12 billybobthornton butterfly123 charlie12345 changemechangeme
  changemenow contrasena123 correcthorsebatterystaple crowdcontrol defaultpassword dragonballz football1234
  fuckyou12345 greatpassword hello1234567 helloworld12 iloveyou1234 iloveyouforever iloveyousomuch jesuschrist1
  jordan123456 justinbieber letmeinletmein letmeinplease liverpoolfc1 longpassword manchesterunited master123456
  michael12345 motdepasse123 mypassword mypassword123 mysecretpassword newpassword newpassword1 nintendo1234
  onceuponatime operatoroperator passpasspass passw0rd1234 passwordpassword password1234 password12345 password123456
  password123password passwort1234 pokemon12345 princess1234 q1w2e3r4t5y6 qazwsxedcrfv qazxswedcvfr qwerasdfzxcv
  qwertyqwerty qwerty123456 qwerty12345678 qwerty1234567 qwertyuiop qwertyuiop12 qwertyuiop123 qwertyuiopasdfghjkl
  qwertyuiopasdfghjklzxcvbnm rootrootroot samsung12345 secretpassword secretsecret securityguard september2024
  september2025 september2026 controlroom1 securitycamera spiderman123 starwars1234 sunshine1234 superman1234
  testtesttest thisismypassword thisisapassword trustno1trustno1 unbelievable wachtwoord123 welcome12345
  welcomewelcome whatever1234 wordpassword 1q2w3e4r5t6y 1q2w3e4r5t6y7u8i 1qaz2wsx3edc 1qazxsw23edc 123qweasdzxc
  123456qwerty 123456789qwerty 123123123123 123321123321 112233445566 111222333444 121212121212 147258369147
  102030405060 159753159753 987654321098 google123456 facebook1234 computer1234 internet1234 asdf1234asdf
  zaq12wsxcde3 zxcvbnm12345 zxcvbnmasdfghjkl !qaz2wsx#edc
  `
    .trim()
    .split(/\s+/),
);
